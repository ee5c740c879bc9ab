import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { Kept, Personal, Secret } from '../platform/data-map/data-map.js';
import { ascii, bigint, binary, datetime, exactText, text } from '../platform/database/column-kinds.js';
import type { Role } from '../platform/identity/caller.js';

/** One person, however they log in; or what is left of a user that was merged into another. */
@Kept({
  purpose: { zh: '账号本身：登录、资料、封禁', en: 'the account itself: logging in, profile, bans' },
  retention: { zh: '直到注销', en: 'until it is erased' },
  erasure: { zh: '删除整行，编号永不再用', en: 'the row is deleted, its number never used again' },
  owners: ['id', 'mergedInto'],
})
@Entity({ name: 'users', engine: 'InnoDB' })
export class User {
  @Personal('用户编号', 'the number of the user')
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  /** As typed. Null for someone who only ever came through WeChat. */
  @Personal('用户名', 'the username')
  @Column(ascii('username', 50, { nullable: true }))
  username: string | null;

  /** The username in lower case: what makes it unique without regard to case. */
  @Index('uq_users_username_key', { unique: true })
  @Personal('小写的用户名，用于查重', 'the username in lower case, for uniqueness')
  @Column(ascii('username_key', 50, { nullable: true }))
  usernameKey: string | null;

  @Secret('密码的 bcrypt 哈希', 'bcrypt hash of the password')
  @Column(ascii('password_hash', 255, { nullable: true }))
  passwordHash: string | null;

  @Personal('最近一次修改密码的时间', 'when the password was last changed')
  @Column(datetime('password_changed_at', { nullable: true }))
  passwordChangedAt: Date | null;

  /** In lower case. */
  @Index('uq_users_email', { unique: true })
  @Personal('邮箱', 'the e-mail address')
  @Column(exactText('email', 100, { nullable: true }))
  email: string | null;

  /** The number in E.164, sealed for this user. Only ever a number that WeChat has verified. */
  @Secret('加密的手机号；导出时给出明文', 'the phone number, sealed; an export shows it opened')
  @Column(ascii('phone_encrypted', 191, { nullable: true }))
  phoneEncrypted: string | null;

  /** Keyed hash of the number in E.164: what makes it unique, and finds it. */
  @Index('uq_users_phone_hash', { unique: true })
  @Secret('手机号的带密钥哈希，用于查重', 'keyed hash of the phone number, for uniqueness')
  @Column(binary('phone_hash', 32, { nullable: true }))
  phoneHash: Buffer | null;

  /** What answers show, kept so that no login or refresh has to decrypt. */
  @Personal('打码的手机号', 'the phone number, masked')
  @Column(ascii('phone_masked', 24, { nullable: true }))
  phoneMasked: string | null;

  @Personal('昵称', 'the nickname')
  @Column(text('nickname', 64, { nullable: true }))
  nickname: string | null;

  @Personal('头像地址', 'where the avatar is')
  @Column(text('avatar_url', 512, { nullable: true }))
  avatarUrl: string | null;

  @Index('ix_users_role')
  @Personal('角色', 'the role')
  @Column(ascii('role', 16))
  role: Role;

  /** The end of the year 9999 for good. */
  @Index('ix_users_banned_until')
  @Personal('封禁到何时', 'until when they are banned')
  @Column(datetime('banned_until', { nullable: true }))
  bannedUntil: Date | null;

  @Personal('封禁原因', 'why they are banned')
  @Column(text('ban_reason', 255, { nullable: true }))
  banReason: string | null;

  /** On a tombstone the user that lives on, never itself a tombstone: the old id resolves to it. */
  @Index('ix_users_merged_into')
  @Personal('被合并到哪个用户', 'which user this one was merged into')
  @Column(bigint('merged_into', { nullable: true }))
  mergedInto: string | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'merged_into', foreignKeyConstraintName: 'fk_users_merged_into' })
  survivor: Relation<User> | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}

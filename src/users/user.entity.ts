import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';
import { ascii, bigint, binary, datetime, exactText, text } from '../platform/database/column-kinds.js';
import type { Role } from '../platform/identity/caller.js';

/** One person, however they log in; or what is left of a user that was merged into another. */
@Entity({ name: 'users', engine: 'InnoDB' })
export class User {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  /** As typed. Null for someone who only ever came through WeChat. */
  @Column(ascii('username', 50, { nullable: true }))
  username: string | null;

  /** The username in lower case: what makes it unique without regard to case. */
  @Index('uq_users_username_key', { unique: true })
  @Column(ascii('username_key', 50, { nullable: true }))
  usernameKey: string | null;

  @Column(ascii('password_hash', 255, { nullable: true }))
  passwordHash: string | null;

  @Column(datetime('password_changed_at', { nullable: true }))
  passwordChangedAt: Date | null;

  /** In lower case. */
  @Index('uq_users_email', { unique: true })
  @Column(exactText('email', 100, { nullable: true }))
  email: string | null;

  /** The number in E.164, sealed for this user. Only ever a number that WeChat has verified. */
  @Column(ascii('phone_encrypted', 191, { nullable: true }))
  phoneEncrypted: string | null;

  /** Keyed hash of the number in E.164: what makes it unique, and finds it. */
  @Index('uq_users_phone_hash', { unique: true })
  @Column(binary('phone_hash', 32, { nullable: true }))
  phoneHash: Buffer | null;

  /** What answers show, kept so that no login or refresh has to decrypt. */
  @Column(ascii('phone_masked', 24, { nullable: true }))
  phoneMasked: string | null;

  @Column(text('nickname', 64, { nullable: true }))
  nickname: string | null;

  @Column(text('avatar_url', 512, { nullable: true }))
  avatarUrl: string | null;

  @Index('ix_users_role')
  @Column(ascii('role', 16))
  role: Role;

  /** The end of the year 9999 for good. */
  @Index('ix_users_banned_until')
  @Column(datetime('banned_until', { nullable: true }))
  bannedUntil: Date | null;

  @Column(text('ban_reason', 255, { nullable: true }))
  banReason: string | null;

  /** On a tombstone the user that lives on, never itself a tombstone: the old id resolves to it. */
  @Index('ix_users_merged_into')
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

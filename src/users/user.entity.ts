import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { ascii, datetime, exactText, text } from '../platform/database/column-kinds.js';
import type { Role } from '../platform/identity/caller.js';

/** One person, however they log in. */
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

  @Column(text('nickname', 64, { nullable: true }))
  nickname: string | null;

  @Column(text('avatar_url', 512, { nullable: true }))
  avatarUrl: string | null;

  @Column(ascii('role', 16))
  role: Role;

  @Column(datetime('banned_until', { nullable: true }))
  bannedUntil: Date | null;

  @Column(text('ban_reason', 255, { nullable: true }))
  banReason: string | null;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}

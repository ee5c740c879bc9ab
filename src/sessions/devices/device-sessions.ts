import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { asDate, Database } from '../../platform/database/database.js';
import type { LoginMethod } from '../session.entity.js';

/** The open session of one user, in one mini-program, on one device. */
export interface DeviceSession {
  id: string;
  generation: number;
  /** Generation with which its newest login began. */
  firstGeneration: number;
  loggedInAt: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
}

/** A new login in a session that there is. */
export interface TakeUp {
  id: string;
  /** The generation that is current now. */
  from: number;
  token: Buffer;
  now: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  ipAddress: string;
  userAgent: string;
  deviceName: string | null;
  platform: string | null;
  loginMethod: LoginMethod;
  loginCodeHash: Buffer;
}

interface DeviceRow {
  id: string;
  generation: number;
  first_generation: number;
  logged_in_at: Date | string;
  expires_at: Date | string;
  absolute_expires_at: Date | string;
}

export const FIND_OF_DEVICE = `SELECT id, generation, first_generation,
  COALESCE(logged_in_at, created_at) AS logged_in_at, expires_at, absolute_expires_at
  FROM sessions WHERE device_key = ? AND ended_at IS NULL`;
export const TAKE_UP = `UPDATE sessions SET generation = ?, first_generation = ?, seen_generation = ?, token = ?,
  rotated_at = ?, expires_at = ?, absolute_expires_at = ?, ip_address = ?, user_agent = ?, device_name = ?,
  platform = ?, login_method = ?, login_code_hash = ?, last_seen_at = ?, logged_in_at = ?, authenticated_at = ?,
  updated_at = ? WHERE id = ? AND generation = ? AND ended_at IS NULL`;
export const FREE_DEVICE = `UPDATE sessions SET device_key = NULL, updated_at = ?
  WHERE device_key = ? AND ended_at IS NOT NULL`;

/** What is unique to the open session of this user, mini-program and device; null when one of them is not known. */
export function deviceKeyOf(userId: string, { appId, deviceId }: { appId?: string; deviceId?: string }): Buffer | null {
  if (appId === undefined || !deviceId) return null;
  return createHash('sha256')
    .update(JSON.stringify([userId, appId, deviceId]))
    .digest();
}

/** Finds and takes up the one session that a device has in a mini-program. Each method is one statement. */
@Injectable()
export class DeviceSessions {
  constructor(private readonly database: Database) {}

  async find(key: Buffer): Promise<DeviceSession | null> {
    const [row] = await this.database.rows<DeviceRow>(FIND_OF_DEVICE, [key]);
    return row ? readDevice(row) : null;
  }

  /** False when it was rotated, taken up or ended meanwhile. */
  async takeUp({ id, from, now, ...login }: TakeUp): Promise<boolean> {
    const next = from + 1;
    const { affected } = await this.database.write(TAKE_UP, [
      ...[next, next, from, login.token, now, login.expiresAt, login.absoluteExpiresAt],
      ...[login.ipAddress, login.userAgent, login.deviceName, login.platform, login.loginMethod],
      ...[login.loginCodeHash, now, now, now, now, id, from],
    ]);
    return affected === 1;
  }

  /** Lets the device have a new session although one that has ended still holds its key. */
  async free(key: Buffer, now: Date): Promise<void> {
    await this.database.write(FREE_DEVICE, [now, key]);
  }
}

function readDevice(row: DeviceRow): DeviceSession {
  const { id, generation, first_generation: firstGeneration } = row;
  const [loggedInAt, expiresAt, absoluteExpiresAt] = [row.logged_in_at, row.expires_at, row.absolute_expires_at].map(
    asDate,
  );
  return {
    id,
    generation,
    firstGeneration,
    loggedInAt: loggedInAt!,
    expiresAt: expiresAt!,
    absoluteExpiresAt: absoluteExpiresAt!,
  };
}

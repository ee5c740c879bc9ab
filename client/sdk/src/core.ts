import type { AuthClientOptions } from './client-options.js';
import type { AuthError, Locale } from './errors/auth-error.js';
import type { AuthChange } from './session/auth-change.js';
import type { KeptState } from './session/kept-state.js';
import { newDeviceId } from './wx/device.js';
import type { WxLike } from './wx/wx-like.js';

/**
 * Everything one client knows. Functions work on it instead of methods on objects, because that makes a third of the
 * code for the phone; build.mjs shortens these names, so none of them may be one of the public API or of the server.
 */
export interface Core {
  options: AuthClientOptions;
  host: WxLike;
  language: Locale | undefined;
  baseAddress: string;
  storageName: string;

  /** Who is logged in, exactly as it is kept on the phone. */
  kept: KeptState;
  /** Goes up when it is no longer the same person: whatever began before must not end after. */
  epoch: number;
  /** Not to be sent again: the server did not take it. */
  refusedToken?: string;
  /** Whose login the last one was, also after it has ended. */
  lastUserId?: string;
  authListeners: ((change: AuthChange) => void)[];

  restoring?: Promise<void>;
  /** What was last read from the storage or written to it: anything else was written by another client. */
  lastSeenText?: string;
  writing: Promise<unknown>;

  /** The login, refresh or logout that is under way. */
  flight?: Promise<unknown>;
  flightKey?: string;
  slotsTaken: number;
  slotQueue: (() => void)[];

  isHidden?: boolean;
  untilShown: (() => void)[];

  coolError?: AuthError;
  coolSince: number;
  coolSeconds: number;
  silentFailures: number;
  lastAskedAt: number;
}

export function newCore(options: AuthClientOptions): Core {
  return {
    options,
    host: options.wx,
    language: options.locale,
    storageName: options.storageKey || 'wx-login',
    baseAddress: options.baseURL.replace(/\/+$/, ''),
    kept: { v: 1, deviceId: newDeviceId(), silent: true, offset: 0 },
    epoch: 0,
    authListeners: options.onAuthChange ? [options.onAuthChange] : [],
    writing: Promise.resolve(),
    slotsTaken: 0,
    slotQueue: [],
    untilShown: [],
    coolSince: 0,
    coolSeconds: 0,
    silentFailures: 0,
    lastAskedAt: 0,
  };
}

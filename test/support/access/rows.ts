import type { Person } from './person.js';

export const ROLES = ['anonymous', 'user', 'admin', 'banned', 'service'] as const;
export type Role = (typeof ROLES)[number];

/** What is asked of a route, but for who asks. */
export interface Asked {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The things of `owner`; at admins' doors the owner is somebody whom the admin looks after. */
export type Ask = (owner: Person) => Asked | Promise<Asked>;

/** One route: what each role gets there for a thing of their own, and a signed-in stranger for a thing of somebody else. */
export interface Row {
  statuses: Record<Role, number>;
  /** Null where the path names no thing. */
  stranger: number | null;
  ask: Ask;
}

const NOTHING: Ask = () => ({});
const row = (statuses: Record<Role, number>, ask: Ask, stranger: number | null = null): Row => {
  return { statuses, ask, stranger };
};

/** Open to all: who asks makes no difference, unless what they send says who they are. */
export const anyone = (status: number, ask: Ask = NOTHING, banned = status): Row =>
  row({ anonymous: status, user: status, admin: status, banned, service: status }, ask);

/** For whoever is signed in, about nothing but themselves. */
export const caller = (status: number, ask: Ask = NOTHING): Row =>
  row({ anonymous: 401, user: status, admin: status, banned: 401, service: 401 }, ask);

/** For whoever is signed in, about the thing that the path names. */
export const owner = (status: number, stranger: number, ask: Ask): Row =>
  row({ anonymous: 401, user: status, admin: status, banned: 401, service: 401 }, ask, stranger);

/** For admins. */
export const admin = (status: number, ask: Ask = NOTHING): Row =>
  row({ anonymous: 401, user: 403, admin: status, banned: 401, service: 401 }, ask);

/** For other services with a client id and secret of their own. */
export const service = (status: number, ask: Ask = NOTHING): Row =>
  row({ anonymous: 401, user: 401, admin: 401, banned: 401, service: status }, ask);

import type { AuthClient, AuthClientOptions, AuthError } from '../src/index.js';
import { FakePhone } from './fake-phone.js';
import type { FakeServer } from './fake-server.js';

export const DOORS = {
  wechat: '/api/v1/auth/wechat',
  phone: '/api/v1/auth/phone',
  login: '/api/v1/auth/login',
  register: '/api/v1/auth/register',
  refresh: '/api/v1/auth/refresh',
  logout: '/api/v1/auth/logout',
};

export const ALICE = { username: 'Alice01', password: 'Blue-Kettle7' };

/** Who plays in a test. */
export interface Story {
  phone: FakePhone;
  server: FakeServer;
  client: AuthClient;
}

/** Every test of a file in virtual time, also for the phone's clock. */
export function inVirtualTime(): void {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
}

/** A minute of virtual time: enough for anything to be over. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {}); // it is awaited only when the minute is over
  await jest.advanceTimersByTimeAsync(60_000);
  return promise;
}

/** The error that it ends in. */
export async function failure(promise: Promise<unknown>): Promise<AuthError> {
  return settled(
    promise.then(
      (value) => Promise.reject(new Error(`Nothing failed: ${JSON.stringify(value)}`)),
      (error: AuthError) => error,
    ),
  );
}

/** A phone on which nothing has happened yet. */
export function firstLaunch(options: Partial<AuthClientOptions> = {}, phone = new FakePhone()): Story {
  return { phone, server: phone.server, client: phone.launch(options) };
}

/** A WeChat user who is logged in; what it took is no longer counted. */
export async function loggedIn(options: Partial<AuthClientOptions> = {}): Promise<Story> {
  const story = firstLaunch(options);
  await settled(story.client.ready());
  return forgetting(story);
}

/** Somebody who registered a password on this phone. */
export async function loggedInWithPassword(options: Partial<AuthClientOptions> = {}): Promise<Story> {
  const story = firstLaunch(options);
  await settled(story.client.register(ALICE));
  return forgetting(story);
}

function forgetting(story: Story): Story {
  story.server.received.length = story.phone.logins = story.phone.mostInFlight = 0;
  return story;
}

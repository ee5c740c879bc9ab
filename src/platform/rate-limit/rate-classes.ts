export const WINDOW_SECONDS = 60;

/** One class of doors that are counted together. */
export interface RateClass {
  /** What it may be asked for in a minute, as a part of RATE_LIMIT_PER_MINUTE. */
  share: number;
  /** Counted over all processes where there is a Redis; otherwise, and always for the busiest doors, by each for itself. */
  isShared: boolean;
}

/**
 * How often one client may knock: a caller by user, everybody else by network. A mobile network puts thousands of
 * people behind one address, so what each of them does at launch has the most room.
 */
export const RATE_CLASSES = {
  /** Logging in with a password. Wrong ones are counted apart, and more strictly (platform/attempts). */
  password: { share: 1 / 2, isShared: true },
  /** Logging in with what WeChat says: apart from passwords, so that guessing leaves it open. */
  wechat: { share: 1, isShared: true },
  /** Logging in with a phone number, which WeChat charges for. */
  phone: { share: 1 / 5, isShared: true },
  /** Making an account, which costs a hash. */
  register: { share: 1 / 10, isShared: true },
  refresh: { share: 1, isShared: true },
  /** Asking whether a username is free, which tells who is registered. */
  availability: { share: 1 / 2, isShared: true },
  /** Changing how one logs in, and everything that costs a hash, money or much work. */
  account: { share: 1 / 20, isShared: true },
  /** Fetching everything that is stored about oneself. */
  export: { share: 1 / 100, isShared: true },
  admin: { share: 1 / 2, isShared: true },
  /** Other services that ask about tokens. */
  service: { share: 10, isShared: false },
  /** Any other public door. */
  public: { share: 1, isShared: true },
  /** Anything else that a signed-in caller does. */
  caller: { share: 1, isShared: false },
} satisfies Record<string, RateClass>;

export type RateClassName = keyof typeof RATE_CLASSES;

/** Requests a minute that a class allows one client: at least one. */
export function limitOf(name: RateClassName, perMinute: number): number {
  return Math.max(1, Math.round(RATE_CLASSES[name].share * perMinute));
}

import { SetMetadata } from '@nestjs/common';
import type { RateClassName } from './rate-classes.js';

/** Which class a request counts in; `none` for what must always be answered. */
export type RateChoice = RateClassName | 'none';

/** The class of a door, or how to tell it from the request's body. */
export type RateOf = RateChoice | ((body: unknown) => RateChoice);

export const RATE_LIMIT = Symbol('RateLimit');

/** Puts a route into a class of its own. Without it a route counts as `admin`, `caller` or `public`, by who may enter. */
export const RateLimit = (rate: RateOf) => SetMetadata(RATE_LIMIT, rate);

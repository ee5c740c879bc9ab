import { ParseUUIDPipe } from '@nestjs/common';
import { SessionNotFoundError } from '../sessions.errors.js';

/** What is not a UUID names no session. */
export const SessionIdPipe = new ParseUUIDPipe({ exceptionFactory: () => new SessionNotFoundError() });

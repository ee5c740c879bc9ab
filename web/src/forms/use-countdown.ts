import { useEffect, useState } from 'react';
import { ApiError } from '../api/problem.js';

const STEP_MS = 250;

/** Seconds to wait before it makes sense to ask again, counted down to 0; by a clock that nobody sets. */
export function useCountdown(error: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = error instanceof ApiError ? (error.problem.retryAfter ?? 0) : 0;
    const until = performance.now() + seconds * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    tick();
    if (seconds === 0) return;
    const timer = setInterval(tick, STEP_MS);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}

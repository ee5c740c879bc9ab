import { Inject, Injectable } from '@nestjs/common';
import {
  bulkhead,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState as PolicyState,
  CountBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  TaskCancelledError,
  wrap,
} from 'cockatiel';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import type { EndpointGroup, WechatEndpoint } from './endpoints.js';
import { isOutage, isWorthRetrying } from './outage.js';

// Opens when more than half of the last 20 calls of a group failed; of the first calls at least 10 have to be seen.
const BREAKER = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
const PROBE_AFTER_MS = 1_000; // with the probe's own deadline, WeChat's return is felt within 5 s
const RETRIES = 2;
const BACKOFF = { initialDelay: 50, maxDelay: 400 }; // with jitter
const PLACES = 100; // calls under way at one endpoint; ten times what 100 logins a second need
const QUEUE = 500; // beyond it a call is turned away at once

/** `closed` lets calls through, `half_open` one to try, `open` none. */
export type CircuitState = 'closed' | 'half_open' | 'open';

type Outcome<T> = { value: T } | { error: unknown };

/**
 * Keeps WeChat's troubles from becoming ours: bounded calls at each endpoint, a circuit breaker for each group of
 * them, and another try where that is safe.
 */
@Injectable()
export class Resilience {
  private readonly breakers = new Map<EndpointGroup, CircuitBreakerPolicy>();
  private readonly policies = new Map<string, IPolicy>();

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /**
   * Runs `work`, which must end by `signal`.
   * @throws what `work` throws; BrokenCircuitError, BulkheadRejectedError, TaskCancelledError when it was not begun
   */
  async run<T>(endpoint: WechatEndpoint, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    // A refusal is an answer: the breaker shall count it as WeChat being there.
    const outcome = await this.policyOf(endpoint).execute(() => begin(signal, work));
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  /** The state of the circuit that is worst off, in this process. */
  worstCircuit(): CircuitState {
    const states = [...this.breakers.values()].map(({ state }) => state);
    if (states.some((state) => state === PolicyState.Open || state === PolicyState.Isolated)) return 'open';
    return states.includes(PolicyState.HalfOpen) ? 'half_open' : 'closed';
  }

  private policyOf(endpoint: WechatEndpoint): IPolicy {
    const known = this.policies.get(endpoint.path);
    if (known) return known;
    const guarded = wrap(this.breakerOf(endpoint.group), bulkhead(PLACES, QUEUE));
    const backoff = new ExponentialBackoff(BACKOFF);
    const again = retry(handleWhen(isWorthRetrying), { maxAttempts: RETRIES, backoff });
    const policy = endpoint.isIdempotent ? wrap(again, guarded) : guarded;
    this.policies.set(endpoint.path, policy);
    return policy;
  }

  private breakerOf(group: EndpointGroup): CircuitBreakerPolicy {
    const known = this.breakers.get(group);
    if (known) return known;
    const options = { halfOpenAfter: PROBE_AFTER_MS, breaker: new CountBreaker(BREAKER) };
    const breaker = circuitBreaker(handleWhen(isOutage), options);
    breaker.onBreak(() => this.logger.warn({ group }, 'WeChat does not do its part: calls are held back'));
    breaker.onReset(() => this.logger.info({ group }, 'WeChat is back'));
    this.breakers.set(group, breaker);
    return breaker;
  }
}

// cockatiel loses the signal of a call that waits for a half-open circuit, so the signal is not handed to it.
async function begin<T>(signal: AbortSignal, work: () => Promise<T>): Promise<Outcome<T>> {
  if (signal.aborted) return { error: new TaskCancelledError() };
  try {
    return { value: await work() };
  } catch (error) {
    if (isOutage(error)) throw error;
    return { error };
  }
}

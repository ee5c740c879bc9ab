import type { Environment } from '../config/environment.js';

const WRITING_DOWN_MS = 5_000;
const LOOPBACK = ['127.0.0.0/8', '::1'];

/** Where webhooks may go, and how often is looked for what is due. */
export class WebhooksConfig {
  /** Networks that may be called although they are not public. */
  readonly allowedNetworks: string[];
  readonly requiresHttps: boolean;
  readonly pollMs: number;
  /** For all of one attempt: the name, the connection, the answer. */
  readonly timeoutMs: number;
  /** When a process that has taken a delivery counts as dead. */
  readonly leaseMs: number;

  constructor(environment: Environment) {
    const { WEBHOOK_ALLOWED_NETWORKS: allowed, isProduction } = environment;
    this.allowedNetworks = isProduction || allowed.length ? allowed : LOOPBACK;
    this.requiresHttps = isProduction;
    this.pollMs = environment.WEBHOOK_POLL_MS;
    this.timeoutMs = environment.WEBHOOK_TIMEOUT_MS;
    this.leaseMs = this.timeoutMs + WRITING_DOWN_MS;
  }
}

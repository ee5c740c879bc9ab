import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../../platform/clock.js';
import { LOGGER } from '../../platform/observability/logger.js';
import type { WechatApp } from '../wechat.config.js';
import { AccessTokenStore } from './access-token-store.js';
import { StableTokens } from './stable-tokens.js';
import { renewalOf, type StoredToken } from './stored-token.js';

const ASK_AGAIN_AFTER_MS = 10_000;

interface Held extends StoredToken {
  renewAt: number;
}

/**
 * Hands out WeChat's access_tokens: from memory while they are fresh, else from the table the processes share, else
 * from WeChat, once at a time for each app.
 */
@Injectable()
export class AccessTokens {
  private readonly held = new Map<string, Held>();
  private readonly obtaining = new Map<string, Promise<string>>();
  private readonly noBetterUntil = new Map<string, number>();

  constructor(
    private readonly store: AccessTokenStore,
    private readonly wechat: StableTokens,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws WechatUnavailableError, WechatMisconfiguredError when there is none and none can be had */
  async get(app: WechatApp): Promise<string> {
    const held = this.held.get(app.id);
    return held && held.renewAt > this.now() ? held.token : this.obtainOnce(app);
  }

  /**
   * Another token in place of one that WeChat would not take; null when WeChat still gives that very one. If somebody
   * has replaced it meanwhile, theirs is taken.
   */
  async replace(app: WechatApp, failed: string): Promise<string | null> {
    const held = this.held.get(app.id);
    if (held && held.token !== failed && held.renewAt > this.now()) return held.token;
    if ((this.noBetterUntil.get(app.id) ?? 0) > this.now()) return null;
    const token = await this.obtainOnce(app, failed);
    if (token !== failed) return token;
    this.noBetterUntil.set(app.id, this.now() + ASK_AGAIN_AFTER_MS);
    this.logger.warn({ appId: app.id }, 'WeChat refuses the access token it gives');
    return null;
  }

  /** When the token that is in use ends to work; null when there is none. Never asks WeChat. */
  async findExpiry(app: WechatApp): Promise<Date | null> {
    const inUse = this.held.get(app.id) ?? (await this.store.find(app));
    return inUse && this.isAlive(inUse) ? inUse.expiresAt : null;
  }

  private obtainOnce(app: WechatApp, failed?: string): Promise<string> {
    const running = this.obtaining.get(app.id);
    if (running) return running;
    const obtained = this.obtain(app, failed).finally(() => this.obtaining.delete(app.id));
    this.obtaining.set(app.id, obtained);
    return obtained;
  }

  private async obtain(app: WechatApp, failed?: string): Promise<string> {
    const shared = await this.store.find(app);
    if (shared && shared.token !== failed && renewalOf(shared) > this.now()) return this.hold(app, shared);
    try {
      const fetched = await this.wechat.fetch(app);
      await this.store.save(app, fetched);
      return this.hold(app, fetched);
    } catch (error) {
      const alive = [this.held.get(app.id), shared].find((token) => token && this.isAlive(token, failed));
      if (!alive) throw error;
      return this.hold(app, alive, this.now() + ASK_AGAIN_AFTER_MS);
    }
  }

  private hold(app: WechatApp, stored: StoredToken, renewAt = renewalOf(stored)): string {
    this.held.set(app.id, { ...stored, renewAt });
    return stored.token;
  }

  private isAlive({ token, expiresAt }: StoredToken, failed?: string): boolean {
    return token !== failed && expiresAt.getTime() > this.now();
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

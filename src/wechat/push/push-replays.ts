import { LRUCache } from 'lru-cache';
import { PushRefused } from './push-refused.js';
import type { PushMessage } from './push-message.js';

const REMEMBERED = 20_000; // more pushes than one process gets in the window of their timestamps

/**
 * Remembers which signed request brought which message. In plain mode a signature does not cover the body, so whoever
 * has seen one could send another body with it. The very same request again is WeChat asking twice, and is let through.
 */
export class PushReplays {
  private readonly seen = new LRUCache<string, string>({ max: REMEMBERED });

  /** @throws PushRefused */
  require({ delivery, identity }: PushMessage): void {
    const key = delivery.toString('base64');
    const message = identity.toString('base64');
    if ((this.seen.get(key) ?? message) !== message) throw new PushRefused('signature used for another message');
    this.seen.set(key, message);
  }
}

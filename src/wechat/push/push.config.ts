import type { Environment } from '../../platform/config/environment.js';

/** How one mini-program's message push is set up in WeChat's console. */
export interface PushSettings {
  token: string;
  format: 'json' | 'xml';
  /** The AES-256 key of encrypted mode; null in plain mode. */
  key: Buffer | null;
}

/** Mode and format come from here only: a request that could choose them would choose not to be checked. */
export class PushConfig {
  private readonly settings: Map<string, PushSettings>;

  constructor({ WECHAT_APPS: apps }: Pick<Environment, 'WECHAT_APPS'>) {
    this.settings = new Map(
      apps.flatMap(({ id, push }) => {
        if (!push) return [];
        const key = push.mode === 'encrypted' ? keyOf(push.encodingAesKey ?? '') : null;
        return [[id, { token: push.token, format: push.format, key }] as const];
      }),
    );
  }

  find(appId: string): PushSettings | null {
    return this.settings.get(appId) ?? null;
  }

  get isUsed(): boolean {
    return this.settings.size > 0;
  }
}

// The console's 43 characters are base64 without its last "=".
function keyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

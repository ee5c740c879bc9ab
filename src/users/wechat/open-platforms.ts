import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../platform/config/environment.js';

/** A person across the mini-programs of one Open Platform account: the key of a union. */
export interface UnionKey {
  openPlatform: string;
  unionid: string;
}

/** Which mini-programs share their unionids. An app that names no group shares with none. */
@Injectable()
export class OpenPlatforms {
  private readonly byAppId: Map<string, string | undefined>;

  constructor(@Inject(ENVIRONMENT) { WECHAT_APPS: apps }: Environment) {
    this.byAppId = new Map(apps.map(({ id, openPlatform }) => [id, openPlatform]));
  }

  /** Null when the login says nothing about other mini-programs. */
  unionOf({ appId, unionid }: { appId: string; unionid?: string }): UnionKey | null {
    const openPlatform = this.byAppId.get(appId);
    return openPlatform && unionid ? { openPlatform, unionid } : null;
  }
}

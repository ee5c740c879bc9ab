import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { UsersService } from '../../src/users/users.service.js';
import type { TestApp } from './test-app.js';

/** WeChat's pen: encrypts and signs for a mini-program with the user's session_key. */
export class OpenDataPen {
  constructor(
    private readonly test: TestApp,
    private readonly sessionKey: string,
  ) {}

  /** With the key that the server keeps for the user. */
  static async of(test: TestApp, userId: string): Promise<OpenDataPen> {
    const account = await test.app.get(UsersService).findWechatAccount(userId);
    return new OpenDataPen(test, account!.sessionKey!);
  }

  static withAnotherKey(test: TestApp): OpenDataPen {
    return new OpenDataPen(test, randomBytes(16).toString('base64'));
  }

  /** Encrypts the fields with the watermark of the first mini-program and now, unless they bring their own. */
  encrypt(fields: object, { appid = this.test.environment.WECHAT_APPS[0]!.id, secondsAgo = 0 } = {}) {
    const timestamp = Math.floor(this.test.clock.now().getTime() / 1000) - secondsAgo;
    const plaintext = JSON.stringify({ ...fields, watermark: { appid, timestamp } });
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-128-cbc', Buffer.from(this.sessionKey, 'base64'), iv);
    const encryptedData = Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64');
    return { encryptedData, iv: iv.toString('base64') };
  }

  sign(rawData: string): string {
    return createHash('sha1')
      .update(rawData + this.sessionKey)
      .digest('hex');
  }
}

import { AuditLog } from '../../src/platform/audit/audit-log.js';
import { SIMULATOR_APP } from '../../src/platform/config/environment.js';
import { eventuallyFound } from './eventually.js';
import { startTestApp, type TestApp } from './test-app.js';
import { loginWithWechat } from './wechat-phone.js';
import { type Fields, type PushSetting, WechatPushes } from './wechat-pushes.js';

const SETTING: PushSetting = {
  token: 'PushToken01',
  mode: 'encrypted',
  format: 'json',
  encodingAesKey: 'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c',
};

/** Someone with a session and a whole profile. */
export interface Person {
  name: string;
  id: string;
  openid: string;
  accessToken: string;
  refreshToken: string;
}

/** A profile from which nothing was erased. */
export const WHOLE = {
  nickname: expect.any(String) as string,
  avatar_url: expect.any(String) as string,
  email: expect.any(String) as string,
};

/** A server with message push, people in it, and WeChat that pushes about them. */
export class PushedAccounts {
  readonly pushes: WechatPushes;
  private people = 0;
  private messages = 0;

  constructor(readonly test: TestApp) {
    this.pushes = new WechatPushes(test, SIMULATOR_APP.id, SETTING);
  }

  static async start(): Promise<PushedAccounts> {
    const apps = [{ ...SIMULATOR_APP, push: SETTING }];
    return new PushedAccounts(await startTestApp({ WECHAT_APPS: JSON.stringify(apps) }));
  }

  rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.test.dataSource.query<Row[]>(sql, parameters);
  }

  async person(): Promise<Person> {
    const name = `pushed-${++this.people}`;
    const { body } = await loginWithWechat(this.test, name);
    const { accessToken, refreshToken } = body;
    const { id } = body.user;
    const FIND = 'SELECT openid FROM wechat_accounts WHERE user_id = ?';
    const [account] = await this.rows<{ openid: string }>(FIND, [id]);
    const profile = [name, 'https://example.com/a.png', `${name}@example.com`, id];
    await this.rows('UPDATE users SET nickname = ?, avatar_url = ?, email = ? WHERE id = ?', profile);
    return { name, id, openid: account!.openid, accessToken, refreshToken };
  }

  async profileOf({ id }: Person): Promise<object | undefined> {
    const [user] = await this.rows<object>('SELECT nickname, avatar_url, email FROM users WHERE id = ?', [id]);
    return user;
  }

  me({ accessToken }: Person, at = this.test) {
    return at.client.get('/api/v1/users/me', { token: accessToken });
  }

  /** Waits for the trail to have `count` such entries about a person; false when it gets more. */
  async audited({ id }: Person, type: string, count = 1): Promise<boolean> {
    const sql = 'SELECT 1 FROM audit_events WHERE user_id = ? AND type = ?';
    const found = await eventuallyFound(`${count} audit events ${type}`, async () => {
      await this.test.app.get(AuditLog).flush();
      const entries = await this.rows(sql, [id, type]);
      return entries.length >= count && entries.length;
    });
    return found === count;
  }

  /** Every message is another one. */
  message(event: string, { openid }: Pick<Person, 'openid'>, fields: Fields = {}): Fields {
    const CreateTime = this.test.clock.nowSeconds() + this.messages++;
    const common = { ToUserName: 'gh_1', FromUserName: 'o-from', CreateTime, MsgType: 'event' };
    return { ...common, Event: event, OpenID: openid, AppID: SIMULATOR_APP.id, ...fields };
  }

  revoke(who: Person, RevokeInfo: string): Fields {
    return this.message('user_authorization_revoke', who, { RevokeInfo });
  }

  cancel(who: Person): Fields {
    return this.message('user_authorization_cancellation', who);
  }

  clean(who: Pick<Person, 'openid'>): Fields {
    return this.message('user_info_modified', who);
  }

  /** Pushes, and waits until it has been acted on. */
  async push(fields: Fields): Promise<void> {
    expect(await this.pushes.push(fields)).toMatchObject({ status: 200, text: 'success' });
    await this.settled();
  }

  /** Makes the server look for work by a push about nobody. */
  async wake(): Promise<void> {
    await this.pushes.push(this.clean({ openid: 'oNobodyWeKnow' }));
  }

  async due(): Promise<number> {
    const sql = "SELECT 1 FROM push_events WHERE state = 'waiting' AND next_attempt_at <= ?";
    return (await this.rows(sql, [this.test.clock.now()])).length;
  }

  async claimed(): Promise<number> {
    return (await this.rows("SELECT 1 FROM push_events WHERE state = 'claimed'")).length;
  }

  settled(): Promise<boolean> {
    const isSettled = async () => (await this.due()) + (await this.claimed()) === 0;
    return eventuallyFound('nothing is due or being done', isSettled);
  }
}

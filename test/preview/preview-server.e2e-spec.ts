import { eventually } from '../support/eventually.js';
import { type PreviewedApp, startPreviewedApp } from '../support/preview/previewed-app.js';
import { WatchedArrows } from '../support/preview/watched-arrows.js';
import { head, sendRaw } from '../support/raw-http.js';

describe('the preview server', () => {
  let app: PreviewedApp;

  beforeAll(async () => {
    app = await startPreviewedApp();
  });

  afterAll(() => app.close());

  async function opened(user: string) {
    const arrows = await WatchedArrows.of(app.preview.url, `${user}-undefined`);
    const phone = await app.phone({ user });
    await phone.see('用户编号');
    await eventually(() => arrows.lines.at(-1)?.includes('GET /api/v1/users/me 200') ?? false, 5_000);
    const play = async (trick: string): Promise<unknown> => {
      const response = await fetch(`${app.preview.url}/tricks/${trick}?phone=${user}-undefined`, { method: 'POST' });
      return response.json();
    };
    return { arrows, phone, play };
  }

  it('tells the whole of a first login, in its order', async () => {
    const { arrows } = await opened('first');
    expect(arrows.lines).toEqual([
      'phone→wechat request wx.login',
      'wechat→phone answer wx.login',
      'phone→server request POST /api/v1/auth/wechat',
      'server→wechat request GET /sns/jscode2session',
      'wechat→server answer GET /sns/jscode2session 0',
      'server→phone answer POST /api/v1/auth/wechat 200',
      'phone→server request GET /api/v1/users/me',
      'server→phone answer GET /api/v1/users/me 200',
    ]);
    arrows.close();
  });

  it('tells no secret to the page', async () => {
    const { arrows, phone } = await opened('secretive');
    const kept = JSON.stringify(phone.kept);
    const tokens = [...kept.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+|wxr1_[\w-]+/g)].map(([token]) => token);
    expect(tokens).toHaveLength(2);
    for (const token of tokens) expect(arrows.text).not.toContain(token);
    expect(arrows.text).not.toMatch(/eyJ[\w-]{20}|wxr1_[\w-]{20}|"[a-z0-9]{28,}"/i);
    arrows.close();
  });

  it('keeps the pictures of two phones apart, while both log in at once', async () => {
    const users = Array.from({ length: 8 }, (_, index) => `apart${index}`);
    const all = await Promise.all(users.map(opened));
    for (const { arrows } of all) {
      expect(arrows.lines.filter((line) => line.includes('jscode2session'))).toHaveLength(2);
      arrows.close();
    }
  });

  it('loses an answer after the server has given it, and the phone gets the same tokens again', async () => {
    const { arrows, phone, play } = await opened('loses');
    expect(await play('drop-next-refresh')).toEqual({ done: true });
    await play('spoil-access-token');
    phone.leaveAndReturn();
    await phone.until(
      () => phone.sent('POST /api/v1/auth/refresh') === 2 && phone.requests.at(-1)?.status === 200,
      'two tries',
    );
    await eventually(() => arrows.lines.at(-1)?.includes('users/me 200') ?? false, 5_000);
    expect(arrows.lines.slice(8)).toEqual([
      'phone→server request GET /api/v1/users/me',
      'server→phone answer GET /api/v1/users/me 401 auth.access_token_invalid',
      'phone→server request POST /api/v1/auth/refresh',
      'server→phone lost POST /api/v1/auth/refresh 200',
      'phone→server request POST /api/v1/auth/refresh',
      'server→phone answer POST /api/v1/auth/refresh 200',
      'phone→server request GET /api/v1/users/me',
      'server→phone answer GET /api/v1/users/me 200',
    ]);
    arrows.close();
  });

  it('plays a thief: the session ends for both, and only the phone comes back', async () => {
    const { arrows, phone, play } = await opened('robbed');
    expect(await play('steal-refresh-token')).toEqual({ done: true });
    phone.leaveAndReturn();
    await phone.until(
      () => phone.sent('POST /api/v1/auth/wechat') === 2 && phone.requests.at(-1)?.status === 200,
      'a new login',
    );
    await play('thief-tries-again');
    await eventually(() => arrows.lines.at(-1)?.startsWith('server→thief') ?? false, 5_000);
    const refusals = arrows.lines.filter((line) => / 401 /.test(line));
    expect(refusals).toEqual([
      'server→phone answer GET /api/v1/users/me 401 auth.access_token_invalid',
      'server→phone answer POST /api/v1/auth/refresh 401 sessions.refresh_token_reused',
      'server→thief answer POST /api/v1/auth/refresh 401 sessions.ended',
    ]);
    arrows.close();
  });

  it('shows a WeChat that is down, and that it is back', async () => {
    const { arrows, play } = await opened('down');
    await play('take-wechat-down');
    const phone = await app.phone({ user: 'down', device: 'undefined' });
    await phone.see('微信服务暂不可用');
    await play('bring-wechat-back');
    const line = 'server→phone answer POST /api/v1/auth/wechat 503 wechat.unavailable';
    await eventually(() => arrows.lines.includes(line), 5_000);
    expect(arrows.all.find(({ from, status }) => from === 'wechat' && status === null)?.details).toMatchObject({
      httpStatus: 502,
      fault: 'http:502',
    });
    arrows.close();
  });

  it('tells a page that comes late what it has missed, and no more than that', async () => {
    const { arrows } = await opened('late');
    arrows.close();
    const again = await fetch(`${app.preview.url}/events?phone=late-undefined&after=6`);
    const { value } = await again.body!.getReader().read();
    const more = value ? new TextDecoder().decode(value) : '';
    expect(more).not.toContain('id: 6\n');
  });

  it('says when there is nobody to play a trick on', async () => {
    const response = await fetch(`${app.preview.url}/tricks/steal-refresh-token?phone=nobody`, { method: 'POST' });
    expect(await response.json()).toEqual({ done: false });
  });

  it.each([
    ['a page of another site', ['host: 127.0.0.1', 'origin: https://evil.example']],
    ['a site whose name leads to this machine', ['host: evil.example']],
  ])('refuses %s', async (_, lines) => {
    const door = { ...app.test, client: { ...app.test.client, url: app.preview.url } as never };
    const end = ['content-length: 0', 'connection: close'];
    const { status } = await sendRaw(door, head('POST /tricks/take-wechat-down HTTP/1.1', ...lines, ...end));
    expect(status).toBe(403);
  });

  it.each(['/nothing', '/tricks/nothing', '/../package.json', '/phone.ts'])('has nothing at %s', async (path) => {
    expect((await fetch(app.preview.url + path)).status).toBe(404);
  });
});

import { WechatConfig } from './wechat.config.js';

const first = { id: 'wx00000000000000aa', secret: 'first' };
const second = { id: 'wx00000000000000bb', secret: 'second' };
const configOf = (apps = [first, second], url = 'https://api.weixin.qq.com') =>
  new WechatConfig({
    WECHAT_APPS: apps,
    WECHAT_API_BASE_URL: url,
    WECHAT_LOGIN_TIMEOUT_MS: 2_500,
    WECHAT_PHONE_DAILY_WARNING: 1,
  });

describe('WechatConfig', () => {
  it('finds an app by its id, and without one the first', () => {
    const config = configOf();

    expect([config.findApp(second.id), config.findApp(), config.findApp(null)]).toEqual([second, first, first]);
  });

  it('knows no other app', () => {
    for (const id of ['', 'WX00000000000000AA', 'wx00000000000000a', '__proto__', 'constructor'])
      expect(configOf().findApp(id)).toBeNull();
    expect(configOf([]).findApp()).toBeNull();
  });

  it.each(['https://api.weixin.qq.com', 'https://api.weixin.qq.com/', 'https://api.weixin.qq.com//'])(
    'joins %s with a path',
    (url) => {
      expect(configOf([first], url).baseUrls).toEqual(Array(2).fill('https://api.weixin.qq.com'));
    },
  );
});

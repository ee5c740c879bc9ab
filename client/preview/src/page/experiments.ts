import type { Text } from './language.js';
import type { PhoneFrame } from './phone-frame.js';

/** Access tokens live 15 minutes, give or take 5 %. */
const LONG_ENOUGH_MS = 16 * 60_000;

/** One button: what it is called, what it does, and what to say about what the system did. */
export interface Experiment {
  readonly id: string;
  readonly name: Text;
  /** For a button that is on or off: its name while on. */
  readonly onName?: Text;
  readonly run: (phone: PhoneFrame, isOn: boolean) => Promise<Text>;
}

const LOG_IN_FIRST: Text = {
  zh: '还没有人登录：先在手机上登录，再试一次。',
  en: 'Nobody is logged in yet: log in on the phone, then try again.',
};

/** So that the preview server has seen the newest tokens pass by. */
async function renewOnce(phone: PhoneFrame): Promise<void> {
  phone.letTimePass(LONG_ENOUGH_MS);
  await phone.leaveAndReturn();
}

/** Waits for what the phone set off to come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 900));

export const EXPERIMENTS: readonly Experiment[] = [
  {
    id: 'expire',
    name: { zh: '让令牌过期', en: 'Expire token' },
    run: async (phone) => {
      if (!(await phone.play('spoil-access-token'))) return LOG_IN_FIRST;
      await phone.leaveAndReturn();
      return {
        zh: '服务端答 401，客户端续期一次，再把原来的请求重发一次，用户毫无感觉。（为了不等 15 分钟，这里在路上改坏了访问令牌的签名，所以服务端说的是“无效”而不是“过期”；客户端的做法完全相同。）',
        en: 'The server answers 401; the client renews once and sends the request again, unnoticed. (So as not to wait 15 minutes, the token’s signature was damaged on the way: the server says not valid instead of expired, and the client does the same for both.)',
      };
    },
  },
  {
    id: 'time',
    name: { zh: '快进 16 分钟', en: 'Skip 16 minutes' },
    run: async (phone) => {
      await renewOnce(phone);
      return {
        zh: '客户端知道访问令牌快到期了，所以先续期再请求，连一次 401 都不会有。（只拨快了手机的时钟，服务端的时间没有变。）',
        en: 'The client knows that its access token is running out, so it renews before it asks: not even one 401. (Only the phone’s clock was put forward, not the server’s.)',
      };
    },
  },
  {
    id: 'drop',
    name: { zh: '丢掉一次答复', en: 'Lose an answer' },
    run: async (phone) => {
      await phone.play('drop-next-refresh');
      await renewOnce(phone);
      return {
        zh: '服务端已经换了新令牌，答复却丢了。客户端拿旧的续期令牌再问一次，得到同一个新令牌，没有被当成盗用，也没有掉线。',
        en: 'The server had made new tokens, and the answer got lost. The client asks again with the old refresh token and gets the same new one: not taken for a thief, not logged out.',
      };
    },
  },
  {
    id: 'wechat',
    name: { zh: '让微信宕机', en: 'WeChat down' },
    onName: { zh: '恢复微信', en: 'WeChat back' },
    run: async (phone, isOn) => {
      await phone.play(isOn ? 'take-wechat-down' : 'bring-wechat-back');
      if (!isOn) {
        return {
          zh: '微信恢复了。服务端会在几秒内自己发现，再登录一次试试。',
          en: 'WeChat is back. The server finds out by itself within seconds; try to log in again.',
        };
      }
      await renewOnce(phone);
      return {
        zh: '微信的每个接口都返回 502。已经登录的人照常续期，因为续期不经过微信。再点“清空数据再打开”，看看新的登录会怎样。',
        en: 'Every endpoint of WeChat answers 502. Whoever is logged in stays so, because renewing does not involve WeChat. Now erase and open anew, to see what a new login gets.',
      };
    },
  },
  {
    id: 'steal',
    name: { zh: '重放被盗的续期令牌', en: 'Replay stolen token' },
    run: async (phone) => {
      if (!(await phone.play('steal-refresh-token'))) {
        await renewOnce(phone);
        await settle();
        if (!(await phone.play('steal-refresh-token'))) return LOG_IN_FIRST;
      }
      await phone.leaveAndReturn();
      await phone.play('thief-tries-again');
      return {
        zh: '窃取者先用了偷来的续期令牌。轮到手机续期时，服务端发现同一个令牌出现了两次，立刻结束这个会话：窃取者手里的令牌全部作废，而真正的用户由 wx.login 静默登录回来。窃取者没有他的微信，回不来。',
        en: 'The thief used the stolen refresh token first. When the phone wanted to renew, the server saw one token twice and ended the session: everything the thief holds is void, while the real user is logged in again silently by wx.login. The thief does not have their WeChat.',
      };
    },
  },
  {
    id: 'offline',
    name: { zh: '断网', en: 'Go offline' },
    onName: { zh: '恢复网络', en: 'Go online' },
    run: async (phone, isOn) => {
      phone.setOffline(isOn);
      await phone.leaveAndReturn();
      return isOn
        ? {
            zh: '请求发不出去，页面如实提示。令牌都留着：断网不等于退出登录。',
            en: 'Requests cannot leave the phone, and the page says so. The tokens stay: being offline is not being logged out.',
          }
        : { zh: '网络恢复，同一个会话继续用。', en: 'Back online, and the same session goes on.' };
    },
  },
];

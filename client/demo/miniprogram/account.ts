import { AuthError, type User } from '@wx-login/sdk';
import { auth } from './auth';

const ME = '/api/v1/users/me';

/** 可以用哪些方式登录。The ways in which one can log in. */
export interface LoginWays {
  password: boolean;
  wechat: { appId: string; boundAt: string }[];
  phone: boolean;
}

export function loginWays(): Promise<LoginWays> {
  return auth.request(`${ME}/credentials`);
}

export function saveNickname(nickname: string): Promise<User> {
  return auth.request(ME, { method: 'PUT', data: { nickname } });
}

export function setUsername(data: { username: string; password: string }): Promise<unknown> {
  return proven(() => auth.request(`${ME}/username`, { method: 'POST', data }));
}

export function bindWechat(): Promise<unknown> {
  return proven(async () => {
    const data = { code: await auth.loginCode() };
    return auth.request(`${ME}/wechat`, { method: 'POST', data });
  });
}

/** 改动登录方式之前，服务端要求刚刚验证过身份；静默登录的人早已不算“刚刚”。Proves again who one is, where it is asked. */
async function proven(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AuthError) || error.code !== 'auth.reauthentication_required') throw error;
    await auth.request('/api/v1/auth/reauthenticate', { method: 'POST', data: await proof(error) });
    return work();
  }
}

/** 绑定了微信的人什么都不用做；只有密码的人再输一次。WeChat vouches for who has bound it; the others type. */
async function proof(asked: AuthError): Promise<object> {
  const { wechat } = await loginWays();
  if (wechat.length > 0) return { code: await auth.loginCode() };
  const { confirm, content } = await wx.showModal({ title: '请输入登录密码', editable: true, placeholderText: '密码' });
  if (!confirm) throw asked;
  return { password: content };
}

import { type Explanations, explanation as make } from './explanation.js';

const API = '/api/v1';

/** What is asked, by method and path. */
export const REQUESTS: Explanations = {
  'wx.login': make(
    'wx.login()',
    'wx.login()',
    '小程序向微信要一个登录凭证。不弹窗，用户没有感觉。',
    'The mini-program asks WeChat for a login code. No window opens; the user notices nothing.',
  ),
  getPhoneNumber: make(
    '要手机号凭证',
    'Phone number, please',
    '用户点了“允许”。小程序拿到的不是号码，而是另一种一次性的 code。',
    'The user has allowed it. What the mini-program gets is not the number but another code that works once.',
  ),
  [`POST ${API}/auth/wechat`]: make(
    '用 code 登录',
    'Log in with the code',
    'code 本身说明不了身份，只有拿着 AppSecret 的服务端才能向微信换取。',
    'The code alone says nothing; only a server that holds the AppSecret can exchange it at WeChat.',
  ),
  [`POST ${API}/auth/phone`]: make(
    '用手机号登录',
    'Log in with the phone number',
    '同时带上登录 code 和手机号 code，一次就登录并绑定。',
    'The login code and the phone code together: logged in and bound in one go.',
  ),
  [`POST ${API}/auth/login`]: make(
    '用密码登录',
    'Log in with a password',
    '不经过微信，微信宕机时也能用。',
    'Without WeChat, and so also while WeChat is down.',
  ),
  [`POST ${API}/auth/register`]: make(
    '注册',
    'Register',
    '用户名和密码，服务端检查规则并查重。',
    'Username and password; the server checks the rules and that the name is free.',
  ),
  [`POST ${API}/auth/refresh`]: make(
    '续期',
    'Renew the tokens',
    '访问令牌过期了，用续期令牌换一对新的。用户没有感觉，也不经过微信。',
    'The access token is used up; the refresh token gets a new pair. The user notices nothing, and WeChat is not asked.',
  ),
  [`POST ${API}/auth/logout`]: make(
    '退出登录',
    'Log out',
    '这台设备的会话立刻结束。',
    'The session of this device ends at once.',
  ),
  [`GET ${API}/users/me`]: make(
    '读取我的资料',
    'Read my profile',
    '普通的业务请求，请求头里带着访问令牌。',
    'An ordinary request, with the access token in its header.',
  ),
  [`PUT ${API}/users/me`]: make(
    '保存资料',
    'Save the profile',
    '昵称由用户自己填写，微信不再直接提供。',
    'People type their nickname themselves; WeChat no longer hands it out.',
  ),
  [`GET ${API}/sessions`]: make(
    '读取登录设备',
    'List the devices',
    '每台设备是一个会话。',
    'Each device is one session.',
  ),
  [`DELETE ${API}/sessions/:id`]: make(
    '下线一台设备',
    'End one device',
    '那台设备的令牌一秒内在所有进程失效。',
    'The tokens of that device are refused everywhere within a second.',
  ),
  [`DELETE ${API}/sessions`]: make(
    '下线其他设备',
    'End the other devices',
    '除本机以外的会话全部结束。',
    'Every session but this one ends.',
  ),
  [`POST ${API}/users/me/phone`]: make(
    '绑定手机号',
    'Bind the phone number',
    '把手机号 code 交给服务端，由它向微信换取号码。',
    'The server gets the code and asks WeChat for the number.',
  ),
  [`POST ${API}/users/me/username`]: make(
    '设置用户名和密码',
    'Set username and password',
    '以后不在微信里也能登录同一个账号。',
    'From now on one can log in to the same account outside WeChat.',
  ),
  [`GET ${API}/users/me/credentials`]: make(
    '有哪些登录方式',
    'Ways to log in',
    '密码、微信、手机号，至少要留一种。',
    'Password, WeChat, phone number: at least one has to remain.',
  ),
  [`POST ${API}/users/me/wechat`]: make(
    '绑定微信',
    'Bind WeChat',
    '再要一个 code 交给服务端，这个微信以后就能登录这个账号。',
    'Another code, for the server to find out whose WeChat this is; it can log in to this account from now on.',
  ),
  [`POST ${API}/auth/reauthenticate`]: make(
    '再次证明身份',
    'Prove again who one is',
    '用新的 code 或密码，证明拿着手机的还是本人。',
    'By a fresh code or the password: the phone is still in the right hands.',
  ),
  'GET /sns/jscode2session': make(
    'code 换身份',
    'Exchange the code',
    'code + AppID + AppSecret。密钥只在服务端，所以只有服务端能做这一步。',
    'code + AppID + AppSecret. The secret is on the server only, so only the server can do this.',
  ),
  'POST /cgi-bin/stable_token': make(
    '取 access_token',
    'Get WeChat’s access_token',
    '这是服务端调用微信接口的凭证，与用户的访问令牌无关；所有进程共用一个。',
    'The server’s own pass for WeChat’s API, unrelated to the user’s access token; all processes share one.',
  ),
  'POST /wxa/business/getuserphonenumber': make(
    'code 换手机号',
    'Exchange the phone code',
    '微信按次计费，约 0.03 元。',
    'WeChat charges about CNY 0.03 for each.',
  ),
};

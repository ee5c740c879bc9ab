import { type Explanations, explanation as make } from './explanation.js';

const API = '/api/v1';

const TOKENS = make(
  '访问令牌 + 续期令牌',
  'Access + refresh token',
  '访问令牌 15 分钟，续期令牌 7 天；数据库里只有续期令牌的哈希。openid 和 session_key 留在服务端。',
  'The access token lives 15 minutes, the refresh token 7 days; the database has only a hash of it. openid and session_key stay on the server.',
);

/** What our server answers when all is well. */
export const ANSWERS: Explanations = {
  [`POST ${API}/auth/wechat`]: TOKENS,
  [`POST ${API}/auth/phone`]: TOKENS,
  [`POST ${API}/auth/login`]: TOKENS,
  [`POST ${API}/auth/register`]: TOKENS,
  [`POST ${API}/auth/refresh`]: make(
    '新的一对令牌',
    'A new pair of tokens',
    '旧的续期令牌随之作废；答复若丢了，用旧的再问一次，得到的还是同一个新令牌。',
    'The old refresh token is used up; should the answer get lost, asking again with the old one gives the same new token.',
  ),
  [`POST ${API}/auth/logout`]: make('已退出', 'Logged out', '令牌从此无效。', 'The tokens are void.'),
  [`GET ${API}/users/me`]: make(
    '我的资料',
    'my profile',
    '校验访问令牌不查数据库，只读取资料本身。',
    'Checking the access token takes no database read; only the profile is read.',
  ),
  [`PUT ${API}/users/me`]: make('已保存', 'saved', '答复是保存后的资料。', 'The answer is the profile as saved.'),
  [`GET ${API}/sessions`]: make('设备列表', 'the devices', '本机标为 current。', 'This device is marked as current.'),
  [`DELETE ${API}/sessions/:id`]: make(
    '已下线',
    'ended',
    '那台设备下次请求会得到 401，然后由微信静默登录。',
    'That device will get a 401 at its next request, and log in silently by WeChat.',
  ),
  [`DELETE ${API}/sessions`]: make(
    '已下线',
    'ended',
    '其他设备下次请求会得到 401。',
    'The other devices will get a 401 at their next request.',
  ),
  [`POST ${API}/users/me/phone`]: make(
    '已绑定',
    'bound',
    '号码加密保存，打码返回。',
    'The number is stored encrypted and answered masked.',
  ),
  [`POST ${API}/users/me/username`]: make(
    '已设置',
    'Set',
    '同一个账号有了第二种登录方式。',
    'The same account has a second way to log in.',
  ),
  [`GET ${API}/users/me/credentials`]: make('登录方式', 'the ways', '只说有没有。', 'Only whether each is there.'),
  [`POST ${API}/users/me/wechat`]: make(
    '已绑定',
    'bound',
    '以后打开小程序就登录到这个账号。',
    'From now on the mini-program opens with this account.',
  ),
  [`POST ${API}/auth/reauthenticate`]: make(
    '是本人',
    'it is them',
    '15 分钟内可以改动登录方式。',
    'For 15 minutes the ways to log in may be changed.',
  ),
};

/** What WeChat answers when all is well. */
export const WECHAT_ANSWERS: Explanations = {
  'wx.login': make('code', 'code', '5 分钟内有效，只能用一次。', 'Good for five minutes, and for one use.'),
  getPhoneNumber: make(
    '手机号 code',
    'phone code',
    '5 分钟内有效，只能用一次；与 wx.login 的 code 不能混用。',
    'Good for five minutes and one use; not to be confused with the code of wx.login.',
  ),
  'GET /sns/jscode2session': make(
    'openid + session_key',
    'openid + session_key',
    'openid 是这个人在这个小程序里的编号；session_key 加密保存在服务端，从不发给小程序。',
    'openid names this person within this mini-program; session_key is kept encrypted on the server and never sent to the phone.',
  ),
  'POST /cgi-bin/stable_token': make(
    'access_token',
    'access_token',
    '2 小时内有效，缓存起来反复使用。',
    'Good for two hours, kept and used again.',
  ),
  'POST /wxa/business/getuserphonenumber': make(
    '手机号',
    'phone number',
    '号码由微信直接交给服务端，小程序造不了假。',
    'The number goes from WeChat to the server, so the mini-program cannot make one up.',
  ),
};

/** What our server says no with, by its stable code. */
export const REFUSALS: Explanations = {
  'auth.access_token_expired': make(
    '访问令牌过期',
    'access token expired',
    '客户端会续期一次，再把原来的请求重发一次。',
    'The client renews once, then sends the request once more.',
  ),
  'auth.access_token_invalid': make(
    '访问令牌无效',
    'access token not valid',
    '签名对不上。客户端的处理与过期相同：续期一次，再把原来的请求重发一次。',
    'The signature does not match. The client does what it does on expiry: renew once, then send the request once more.',
  ),
  'auth.invalid_credentials': make(
    '账号或密码错误',
    'wrong username or password',
    '不说是哪一个错，账号存不存在都一样。',
    'It never says which, nor whether the account exists.',
  ),
  'auth.too_many_attempts': make(
    '尝试次数过多',
    'too many attempts',
    '答复里有要等的秒数；连哈希都不会计算。',
    'The answer says how long to wait; not even a hash is computed.',
  ),
  'auth.reauthentication_required': make(
    '请先再次验证身份',
    'prove who you are first',
    '改动登录方式之前，服务端要求刚刚登录过：捡到手机的人不能借此换走账号。',
    'Before the ways to log in are changed, the server wants a recent login: whoever finds a phone must not get the account.',
  ),
  'users.wechat_already_bound': make(
    '该微信已绑定其他账号',
    'belongs to another account',
    '一个微信只属于一个账号，绝不悄悄合并。',
    'One WeChat belongs to one account; nothing is merged silently.',
  ),
  'users.username_taken': make(
    '用户名已存在',
    'username taken',
    '错误显示在用户名旁边。',
    'Shown beside the username.',
  ),
  'sessions.refresh_token_reused': make(
    '续期令牌被重复使用',
    'refresh token used again',
    '这个令牌早就换过了，又有人拿出来用：有两个人持有它。服务端分不清谁是真的，于是结束整个会话，两边的令牌都作废。',
    'This token was exchanged long ago and is shown again: two people hold it. The server cannot tell who is who, so it ends the session, and both lose their tokens.',
  ),
  'sessions.ended': make(
    '会话已结束',
    'session ended',
    '会话结束后，它的所有令牌都不再有用。',
    'Once a session has ended, none of its tokens is of any use.',
  ),
  'sessions.refresh_token_expired': make(
    '续期令牌过期',
    'refresh token expired',
    '7 天没有使用。客户端会静默重新登录。',
    'Not used for seven days. The client logs in again silently.',
  ),
  'wechat.unavailable': make(
    '微信暂不可用',
    'WeChat not available',
    '服务端在几秒内给出明确答复，不会让用户一直等；密码登录照常可用。',
    'The server gives a clear answer within seconds instead of letting people wait; password login goes on working.',
  ),
};

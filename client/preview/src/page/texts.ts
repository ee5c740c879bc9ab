import type { Text } from './language.js';

/** What stands on the page itself. */
export const TEXTS = {
  title: { zh: '微信登录，看得见', en: 'WeChat login, made visible' },
  subtitle: {
    zh: '左边是真实运行的小程序，右边是它刚刚发出的每一次请求。点任意一支箭头看细节。',
    en: 'On the left a mini-program that really runs; on the right every request it has just made. Click an arrow for details.',
  },
  phone: { zh: '手机', en: 'Phone' },
  holder: { zh: '谁的手机', en: 'Whose phone' },
  restart: { zh: '重启小程序', en: 'Restart' },
  forget: { zh: '清空数据再打开', en: 'Erase and open anew' },
  try: { zh: '动手试试', en: 'Try it' },
  picture: { zh: '发生了什么', en: 'What is happening' },
  clear: { zh: '清空画面', en: 'Clear' },
  language: { zh: 'English', en: '中文' },
} satisfies Record<string, Text>;

/** Who the columns are. */
export const LANES = {
  user: { name: { zh: '用户', en: 'User' }, hint: { zh: '点按', en: 'taps' } },
  phone: { name: { zh: '小程序', en: 'Mini-program' }, hint: { zh: '手机上', en: 'on the phone' } },
  server: { name: { zh: 'wx-login 服务', en: 'wx-login server' }, hint: { zh: '你的服务端', en: 'your server' } },
  wechat: { name: { zh: '微信', en: 'WeChat' }, hint: { zh: '本机模拟器', en: 'local simulator' } },
  thief: { name: { zh: '窃取者', en: 'Thief' }, hint: { zh: '偷走了续期令牌', en: 'has a stolen token' } },
} as const;

export const PEOPLE: Readonly<Record<string, Text>> = {
  'xiaoming-1': { zh: '小明 · Xiaomi 15', en: 'Xiaoming · Xiaomi 15' },
  'xiaoming-2': { zh: '小明 · iPhone 17（第二台手机）', en: 'Xiaoming · iPhone 17 (a second phone)' },
  'xiaohong-1': { zh: '小红 · HUAWEI Mate 70', en: 'Xiaohong · HUAWEI Mate 70' },
};

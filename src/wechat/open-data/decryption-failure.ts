import type { Localized } from '../../platform/errors/app-error.js';
import { DecryptionFailedError } from '../wechat.errors.js';
import type { OpenDataProblem, OpenDataReason } from './open-data-problem.js';

const DETAILS: Record<OpenDataReason, Localized> = {
  space_in_base64: {
    zh: '数据中有空格：“+” 在传输中被换成了空格，请以 JSON 原样提交',
    en: 'There is a space in the data: a "+" became a space on the way. Send it unchanged, as JSON',
  },
  not_base64: { zh: 'encryptedData 或 iv 不是标准的 base64', en: 'encryptedData or iv is not standard base64' },
  wrong_length: {
    zh: 'encryptedData 或 iv 长度不对，可能被截断',
    en: 'encryptedData or iv has a wrong length, it may have been cut',
  },
  wrong_padding: {
    zh: '无法解密：数据可能不是用当前的密钥加密的，请先 wx.login 并登录，再获取数据',
    en: 'Not decrypted: it may be encrypted with another key. Call wx.login and log in, then get the data again',
  },
  not_utf8: {
    zh: '解密结果不是文本：数据被改动过，或不是用当前的密钥加密的',
    en: 'What was decrypted is no text: the data was changed, or encrypted with another key',
  },
  not_json: {
    zh: '解密结果不是 JSON 对象：数据被改动过，或不是用当前的密钥加密的',
    en: 'What was decrypted is no JSON object: the data was changed, or encrypted with another key',
  },
  no_watermark: {
    zh: '解密结果没有水印，不是微信的开放数据',
    en: 'There is no watermark: this is not open data of WeChat',
  },
  another_app: { zh: '数据属于另一个小程序', en: 'The data belongs to another mini-program' },
  too_old: { zh: '数据已超过 10 分钟，请重新获取', en: 'The data is older than 10 minutes, get it again' },
  from_the_future: { zh: '数据的时间在未来', en: 'The data is dated in the future' },
  another_user: { zh: '数据属于另一个用户', en: 'The data belongs to another user' },
};

/** What the API answers when open data cannot be used. */
export function decryptionFailure(problem: OpenDataProblem): DecryptionFailedError {
  return new DecryptionFailedError({ cause: problem, detail: DETAILS[problem.reason] });
}

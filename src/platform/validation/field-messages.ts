import type { Localized } from '../errors/app-error.js';

type Message = (limit: string) => Localized;

const MESSAGES: Record<string, Message> = {
  isString: () => ({ zh: '须为字符串', en: 'must be a string' }),
  isText: () => ({ zh: '含有无效字符', en: 'contains characters that are not allowed' }),
  isNotEmpty: () => ({ zh: '不能为空', en: 'must not be empty' }),
  minLength: (limit) => ({ zh: `至少 ${limit} 个字符`, en: `must be at least ${limit} characters` }),
  maxLength: (limit) => ({ zh: `最多 ${limit} 个字符`, en: `must be at most ${limit} characters` }),
  isEmail: () => ({ zh: '邮箱格式不正确', en: 'must be an e-mail address' }),
  isUuid: () => ({ zh: '须为 UUID', en: 'must be a UUID' }),
  isObject: () => ({ zh: '须为对象', en: 'must be an object' }),
  nestedValidation: () => ({ zh: '须为对象', en: 'must be an object' }),
  isIn: () => ({ zh: '不在允许的取值之内', en: 'is not one of the allowed values' }),
  isUrl: () => ({ zh: '须为 https 网址', en: 'must be an https URL' }),
  isArray: () => ({ zh: '须为数组', en: 'must be an array' }),
  arrayNotEmpty: () => ({ zh: '不能为空', en: 'must not be empty' }),
  arrayUnique: () => ({ zh: '不能重复', en: 'must not name anything twice' }),
  arrayMaxSize: (limit) => ({ zh: `最多 ${limit} 项`, en: `must have at most ${limit} items` }),
  isInt: () => ({ zh: '须为整数', en: 'must be a whole number' }),
  min: (limit) => ({ zh: `不小于 ${limit}`, en: `must be at least ${limit}` }),
  max: (limit) => ({ zh: `不大于 ${limit}`, en: `must be at most ${limit}` }),
  isMoment: () => ({ zh: '须为带时区的 ISO 8601 时间', en: 'must be an ISO 8601 time with its offset' }),
  isBoolean: () => ({ zh: '须为布尔值', en: 'must be a boolean' }),
  isUserId: () => ({ zh: '须为用户 ID', en: 'must be a user id' }),
  isUsername: () => ({ zh: '用户名为 3–20 位字母或数字', en: 'must be 3 to 20 letters and digits' }),
};

const FALLBACK: Localized = { zh: '格式不正确', en: 'is not valid' };

/** The text for one broken rule of class-validator, by the rule's name; its own message only lends its number. */
export function fieldMessage(rule: string, englishMessage: string): Localized {
  const limit = /\d+/.exec(englishMessage)?.[0] ?? '';
  return MESSAGES[rule]?.(limit) ?? FALLBACK;
}

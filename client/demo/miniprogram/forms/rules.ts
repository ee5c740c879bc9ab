/** 一项规则：返回该字段的问题，没有问题时返回空串。与服务端相同，服务端始终再查一遍。 */
export type Rule = (value: string, all: Readonly<Record<string, string>>) => string;

const USERNAME = /^[A-Za-z0-9]{3,20}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const SPECIAL = /[^A-Za-z0-9]/;

export const username: Rule = (value) => (USERNAME.test(value) ? '' : '用户名为 3–20 位字母或数字');

export const newPassword: Rule = (value, all) => {
  if (value.length < 8) return '密码至少 8 位';
  if (!/[A-Z]/.test(value)) return '密码须包含大写字母';
  if (!/[a-z]/.test(value)) return '密码须包含小写字母';
  if (!SPECIAL.test(value)) return '密码须包含特殊字符，如 - ! @';
  return all.username && value.toLowerCase() === all.username.toLowerCase() ? '密码不能与用户名相同' : '';
};

export const optionalEmail: Rule = (value) => (value === '' || EMAIL.test(value) ? '' : '邮箱格式不正确');

export const required =
  (what: string): Rule =>
  (value) =>
    value === '' ? `请输入${what}` : '';

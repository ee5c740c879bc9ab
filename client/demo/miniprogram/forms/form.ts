import { AuthError } from '@wx-login/sdk';
import type { Rule } from './rules';

export type Values = Record<string, string>;

/** 表单页面的数据。What a page with a form keeps. */
export interface FormData {
  values: Values;
  errors: Record<string, string>;
  /** 要移到的字段。The field that gets the focus. */
  focusOn: string;
  busy: boolean;
  /** 整个表单的问题。What is wrong, where it is not about one field. */
  notice: string;
  requestId: string;
  /** 多少秒后才能再提交。Seconds until the form may be sent again. */
  wait: number;
  /** 多少秒后才能再请微信。Seconds until WeChat may be asked again. */
  pause: number;
}

const NEED_LOGIN = new Set<string>(['client.login_required', 'client.logged_out']);

interface FormPage {
  data: FormData;
  setData(data: Record<string, unknown>): void;
}

/** 带表单的页面在 data 中展开它。To be spread into a page's data. */
export function emptyForm(): FormData {
  return { values: {}, errors: {}, focusOn: '', busy: false, notice: '', requestId: '', wait: 0, pause: 0 };
}

/** 离开字段时检查；有问题之后，每次输入都重新检查。Checked on blur, and while typing once something is wrong. */
export function form(rules: Readonly<Record<string, Rule>>) {
  const problem = ({ values }: FormData, name: string) => rules[name]?.(values[name] ?? '', values) ?? '';
  return {
    onChange(this: FormPage, { detail: { name, value } }: FieldEvent) {
      this.setData({ [`values.${name}`]: value, focusOn: '' });
      if (this.data.errors[name]) this.setData({ [`errors.${name}`]: problem(this.data, name) });
    },
    onLeave(this: FormPage, { detail: { name } }: FieldEvent) {
      if (this.data.values[name]) this.setData({ [`errors.${name}`]: problem(this.data, name) });
    },
    /** 检查全部字段，再执行一次；进行中或倒计时内再点无效。 */
    async submit(this: FormPage, work: (values: Values) => Promise<unknown>) {
      if (this.data.busy || this.data.wait > 0) return;
      const names = Object.keys(rules);
      const bad = names.find((name) => problem(this.data, name));
      for (const name of names) this.setData({ [`errors.${name}`]: problem(this.data, name) });
      if (bad) return this.setData({ focusOn: bad });
      await run(this, () => work(this.data.values));
    },
  };
}

/** 执行一件要请求服务端的事：进行中不能重复，失败写在页面上。 */
export async function run(page: FormPage, work: () => Promise<unknown>): Promise<void> {
  if (page.data.busy) return;
  page.setData({ busy: true, notice: '', requestId: '' });
  try {
    await work();
  } catch (error) {
    show(page, error);
  } finally {
    page.setData({ busy: false });
  }
}

function show(page: FormPage, error: unknown): void {
  if (!(error instanceof AuthError)) return page.setData({ notice: '出错了，请稍后再试' });
  if (NEED_LOGIN.has(error.code)) return void wx.reLaunch({ url: '/pages/login/login' });
  if (error.code === 'users.username_taken') return showAt(page, 'username', error.message);
  const { errors = [] } = error;
  const [first] = errors;
  for (const { field, message } of errors) page.setData({ [`errors.${field}`]: message });
  if (first) return page.setData({ focusOn: first.field });
  page.setData({ notice: error.message, requestId: error.requestId ?? '' });
  if (error.retryAfter) countDown(page, error.retryAfter, error.status === 429);
}

function showAt(page: FormPage, field: string, message: string): void {
  page.setData({ [`errors.${field}`]: message, focusOn: field });
}

/** 尝试过多只挡住表单，微信登录照常；微信出故障只挡住微信，密码登录照常。Each stands in the way of its own only. */
function countDown(page: FormPage, seconds: number, isTooOften: boolean): void {
  page.setData({ [isTooOften ? 'wait' : 'pause']: seconds });
  if (isTooOften) page.setData({ notice: seconds > 0 ? `尝试次数过多，请 ${seconds} 秒后再试` : '' });
  if (seconds > 0) setTimeout(() => countDown(page, seconds - 1, isTooOften), 1000);
}

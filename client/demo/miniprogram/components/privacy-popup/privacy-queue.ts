/** 用户的决定；同意时要给出被点的按钮的 id。 */
export type Decision = { event: 'agree'; buttonId: string } | { event: 'disagree' };
type Decide = (decision: Decision) => void;

let waiting: Decide[] = [];
let open = (): void => {};

/** 监听器后注册的会替换先注册的，所以只在 app.ts 注册一次。A later listener replaces this one. */
export function watchPrivacy(): void {
  const listener = (resolve: Decide): void => {
    waiting.push(resolve);
    open();
  };
  // 官方类型把这个回调的参数写错了，文档里是 resolve 函数。The typings are wrong here; the documentation is not.
  wx.onNeedPrivacyAuthorization(listener as never);
}

/** 由当前页面上的弹窗组件接管。The popup of the page that is shown takes over. */
export function openWith(popup: () => void): void {
  open = popup;
}

/** 一次回答所有在等的接口。One answer for all that wait. */
export function decide(decision: Decision): void {
  const all = waiting;
  waiting = [];
  for (const resolve of all) resolve(decision);
}

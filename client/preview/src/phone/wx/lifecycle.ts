type Listener = () => void;

const shown = new Set<Listener>();
const hidden = new Set<Listener>();

/** The mini-program comes to the front or leaves it. */
export const lifecycle = {
  show: (): void => shown.forEach((listener) => listener()),
  hide: (): void => hidden.forEach((listener) => listener()),
};

export const lifecycleApi = {
  onAppShow: (listener: (option: never) => void) => void shown.add(listener as Listener),
  offAppShow: (listener?: (option: never) => void) => void shown.delete(listener as Listener),
  onAppHide: (listener: (option: never) => void) => void hidden.add(listener as Listener),
  offAppHide: (listener?: (option: never) => void) => void hidden.delete(listener as Listener),
  onError: (listener: WechatMiniprogram.WxOnErrorCallback) =>
    window.addEventListener('error', ({ message }) => listener(message as never)),
  onUnhandledRejection: (listener: WechatMiniprogram.OnUnhandledRejectionCallback) =>
    window.addEventListener('unhandledrejection', ({ reason, promise }) =>
      listener({ reason: String(reason), promise: promise as Promise<never> } as never),
    ),
};

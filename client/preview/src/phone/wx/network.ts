import { drawer, phoneName } from '../device.js';
import { report } from '../report.js';
import { answer, WxError } from './answer.js';

const LONGEST_MS = 60_000;
const AT_ONCE = 10;
const IN_BACKGROUND_MS = 5_000;
const OFFLINE = `${drawer}offline`;

let inFlight = 0;
const waiting: (() => void)[] = [];
const interruptible = new Set<AbortController>();

/** Aeroplane mode lasts over a restart, as on a phone. */
export const network = {
  get isOffline(): boolean {
    return localStorage.getItem(OFFLINE) === 'yes';
  },
  set isOffline(is: boolean) {
    if (is) localStorage.setItem(OFFLINE, 'yes');
    else localStorage.removeItem(OFFLINE);
  },
  /** Five seconds after the mini-program is left, WeChat cuts what is still under way. */
  interruptLater(): () => void {
    const timer = setTimeout(() => {
      for (const controller of interruptible) controller.abort(new WxError('interrupted'));
    }, IN_BACKGROUND_MS);
    return () => clearTimeout(timer);
  },
};

/** Whatever host the mini-program asks for, the request goes to the preview server, which passes it on: no CORS. */
function sameOrigin(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function send(option: WechatMiniprogram.RequestOption, controller: AbortController) {
  await turn();
  const timer = setTimeout(() => controller.abort(new WxError('timeout')), option.timeout ?? LONGEST_MS);
  try {
    if (network.isOffline) throw new WxError('network is disconnected');
    const { url, method = 'GET', data, header } = option;
    const body =
      data === undefined || method === 'GET' ? undefined : typeof data === 'string' ? data : JSON.stringify(data);
    const headers = { ...(body !== undefined && { 'content-type': 'application/json' }), ...header };
    const response = await fetch(sameOrigin(url), {
      method,
      headers: { ...(headers as Record<string, string>), 'x-preview-phone': phoneName },
      body,
      signal: controller.signal,
    });
    return await resultOf(response);
  } catch (error) {
    const reason = controller.signal.reason as unknown;
    const why =
      error instanceof WxError ? error : reason instanceof WxError ? reason : new WxError('connection closed');
    report(network.isOffline ? 'offline' : 'no-answer', `${option.method ?? 'GET'} ${sameOrigin(option.url)}`);
    throw why;
  } finally {
    clearTimeout(timer);
    inFlight--;
    waiting.shift()?.();
  }
}

/** WeChat lets ten requests out at once and keeps the others waiting. */
async function turn(): Promise<void> {
  if (inFlight >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  inFlight++;
}

async function resultOf(response: Response) {
  const text = await response.text();
  const header = Object.fromEntries(response.headers);
  try {
    return { statusCode: response.status, data: JSON.parse(text) as object, header, cookies: [] };
  } catch {
    return { statusCode: response.status, data: text, header, cookies: [] };
  }
}

function request(option: WechatMiniprogram.RequestOption): never {
  const controller = new AbortController();
  interruptible.add(controller);
  answer(
    'request',
    { fail: () => undefined, ...option },
    send(option, controller).finally(() => interruptible.delete(controller)),
  );
  return {
    abort: () => controller.abort(new WxError('abort')),
    onHeadersReceived: () => {},
    offHeadersReceived: () => {},
  } as never;
}

/** `wx.request` and what belongs to it. */
export const networkApi = {
  request,
  getNetworkType: (option?: WechatMiniprogram.GetNetworkTypeOption) =>
    answer('getNetworkType', option, { networkType: network.isOffline ? 'none' : 'wifi' }),
  onNetworkStatusChange: (listener: WechatMiniprogram.OnNetworkStatusChangeCallback) => {
    window.addEventListener('phone:network', () =>
      listener({ isConnected: !network.isOffline, networkType: network.isOffline ? 'none' : 'wifi' }),
    );
  },
};

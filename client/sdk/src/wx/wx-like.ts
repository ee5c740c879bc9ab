/** What a failing call of the platform says. */
export interface WxFailure {
  errMsg: string;
  errno?: number;
}

/** The callbacks every asynchronous call of the platform takes. */
export interface WxCallbacks<T> {
  success?: (result: T) => void;
  fail?: (failure: WxFailure) => void;
}

/** What `wx.request` answers. */
export interface WxResponse {
  statusCode: number;
  data: unknown;
  header: object;
}

/** What `wx.getDeviceInfo` answers. */
export interface WxDeviceInfo {
  brand?: string;
  model?: string;
  system?: string;
  platform?: string;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * The part of `wx` that the client uses. `wx` itself, `uni` and `Taro` all have this shape; a test hands in a fake one.
 * What is optional here is missing in older base libraries or on other platforms, and the client does without it.
 */
export interface WxLike {
  request(
    options: WxCallbacks<WxResponse> & {
      url: string;
      method?: HttpMethod;
      data?: string | object | ArrayBuffer;
      header?: object;
      timeout?: number;
      dataType?: string;
    },
  ): unknown;
  login(options: WxCallbacks<{ code: string }> & { timeout?: number }): unknown;
  getStorage(options: WxCallbacks<{ data: unknown }> & { key: string; encrypt?: boolean }): unknown;
  setStorage(options: WxCallbacks<unknown> & { key: string; data: unknown; encrypt?: boolean }): unknown;
  removeStorage(options: WxCallbacks<unknown> & { key: string }): unknown;
  getDeviceInfo?(): WxDeviceInfo;
  getSystemInfoSync?(): WxDeviceInfo;
  requirePrivacyAuthorize?(options: WxCallbacks<unknown>): unknown;
  onAppShow?(listener: () => void): void;
  onAppHide?(listener: () => void): void;
}

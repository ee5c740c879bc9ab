import type { WxLike } from '../wx/wx-like.js';

/** Whether the mini-program is on the screen: WeChat cuts requests five seconds after it is not. */
export class Visibility {
  private isHidden = false;
  private waiting: (() => void)[] = [];

  constructor(wx: WxLike) {
    wx.onAppHide?.(() => void (this.isHidden = true));
    wx.onAppShow?.(() => this.show());
  }

  /** At once when it is shown already: the news of a cut request may come after the app is back. */
  async shown(): Promise<void> {
    if (this.isHidden) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private show(): void {
    this.isHidden = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

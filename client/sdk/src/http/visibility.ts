import type { Core } from '../core.js';

/** Whether the mini-program is on the screen: WeChat cuts requests five seconds after it is not. */
export function watchVisibility(core: Core): void {
  const { host } = core;
  if (!host.onAppHide || !host.onAppShow) return;
  host.onAppHide(() => {
    core.isHidden = true;
  });
  host.onAppShow(() => {
    core.isHidden = false;
    for (const go of core.untilShown.splice(0)) go();
  });
}

import type { Core } from '../core.js';

/** Whether the mini-program is on the screen: WeChat cuts requests five seconds after it is not. */
export function watchVisibility(core: Core): void {
  const { platform } = core;
  if (!platform.onAppHide || !platform.onAppShow) return;
  platform.onAppHide(() => {
    core.isHidden = true;
  });
  platform.onAppShow(() => {
    core.isHidden = false;
    for (const go of core.untilShown.splice(0)) go();
  });
}

import { send } from './send.js';
import { otherTabs } from './tabs.js';
import { thisDevice } from './this-device.js';
import { WebSession } from './web-session.js';

/** The one session of this page. */
export const session = new WebSession({
  send,
  tabs: otherTabs(),
  storage: localStorage,
  device: thisDevice,
  now: () => performance.now(),
});

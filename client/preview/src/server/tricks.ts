import type { Phone } from './phones.js';
import type { Simulator } from './simulator.js';
import type { Thief } from './thief.js';

/** What the buttons of the page do outside the phone; the answer says whether there was anything to do it to. */
export type Trick = (phone: Phone) => Promise<boolean> | boolean;

/** The buttons by their names in the address. */
export function tricks(simulator: Simulator, thief: Thief): Readonly<Record<string, Trick>> {
  return {
    'spoil-access-token': (phone) => {
      if (phone.accessToken) phone.spoilt.add(phone.accessToken);
      return phone.accessToken !== undefined;
    },
    'drop-next-refresh': (phone) => {
      phone.dropsNextRefresh = true;
      return true;
    },
    'take-wechat-down': async () => {
      await simulator.takeDown();
      return true;
    },
    'bring-wechat-back': async () => {
      await simulator.bringBack();
      return true;
    },
    'steal-refresh-token': (phone) => thief.strike(phone),
    'thief-tries-again': (phone) => thief.tryAgain(phone),
  };
}

import type { Arrow, Lane } from '../server/arrow.js';
import type { Explanation } from './explanation.js';
import { speak, type Text } from './language.js';
import { element, ORDER, rowOf } from './rows.js';
import { LANES } from './texts.js';

const USUAL = 4;
const SPACING_MS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 170;
const HURRY_FROM = 10;
/** News from the phone and from the server come by two ways; this long they are put in order. */
const SETTLE_MS = 140;

/** What is drawn: an arrow, a remark about one participant, or the heading of a scene. */
export type Drawn =
  | { readonly at: number; readonly arrow: Arrow; readonly explanation?: Explanation }
  | { readonly at: number; readonly remark: Text; readonly lane: Lane; readonly bad?: boolean }
  | { readonly at: number; readonly scene: Text };

/** The sequence diagram: draws what happened one after the other, slowly enough to be followed. */
export class Diagram {
  private readonly queue: Drawn[] = [];
  private readonly list = document.getElementById('arrows')!;
  private readonly lanes = document.getElementById('lanes')!;
  private readonly scroll = document.getElementById('scroll')!;
  private begin = 0;
  /** Not during the first login, whose beginning is what one came to see. */
  private follows = false;
  private timer = 0;

  constructor() {
    this.showLanes();
  }

  add(drawn: Drawn): void {
    this.queue.push(drawn);
    this.queue.sort((one, other) => one.at - other.at);
    this.timer ||= window.setTimeout(() => this.drawNext(), SETTLE_MS);
  }

  clear(): void {
    this.list.replaceChildren();
    this.begin = 0;
    this.follows = true;
    document.body.classList.remove('has-thief');
    this.showLanes();
  }

  private drawNext(): void {
    const next = this.queue.shift();
    this.timer = 0;
    if (!next) return;
    this.begin ||= next.at;
    if ('arrow' in next && [next.arrow.from, next.arrow.to].includes('thief')) this.showThief();
    this.append(next);
    if (this.queue.length > 0) {
      const pause = this.queue.length > HURRY_FROM ? SPACING_MS / 3 : SPACING_MS;
      this.timer = window.setTimeout(() => this.drawNext(), Math.max(pause, 1));
    }
  }

  /** Follows what somebody sets off, unless they have scrolled up to read. */
  private append(next: Drawn): void {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 160;
    const isSetOff = 'scene' in next || ('arrow' in next && next.arrow.from === 'user');
    if (isSetOff && this.list.childElementCount > 0) this.follows = true;
    this.list.append(rowOf(next, this.begin));
    if (this.follows && (isAtEnd || isSetOff)) this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  private showThief(): void {
    document.body.classList.add('has-thief');
    this.showLanes();
  }

  private showLanes(): void {
    const count = document.body.classList.contains('has-thief') ? ORDER.length : USUAL;
    this.lanes.replaceChildren(
      ...ORDER.slice(0, count).map((lane) => {
        const head = element('div', `lane lane-${lane}`);
        head.append(speak(element('b', ''), LANES[lane].name), speak(element('small', ''), LANES[lane].hint));
        return head;
      }),
    );
  }
}

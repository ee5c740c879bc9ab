import type { Arrow, Lane } from '../server/arrow.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { name, speak, type Text } from './language.js';
import { LANES } from './texts.js';

const ORDER: readonly Lane[] = ['user', 'phone', 'server', 'wechat', 'thief'];
const USUAL = 4;
const SPACING_MS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 170;
const HURRY_FROM = 10;
/** News from the phone and from the server come by two ways; this long they are put in order. */
const SETTLE_MS = 60;

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
    document.body.classList.remove('has-thief');
    this.showLanes();
  }

  private drawNext(): void {
    const next = this.queue.shift();
    this.timer = 0;
    if (!next) return;
    this.begin ||= next.at;
    const row = this.rowOf(next);
    const isAtEnd = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 160;
    this.list.append(row);
    if (isAtEnd) this.scroll.scrollTop = this.scroll.scrollHeight;
    if (this.queue.length > 0) {
      const pause = this.queue.length > HURRY_FROM ? SPACING_MS / 3 : SPACING_MS;
      this.timer = window.setTimeout(() => this.drawNext(), Math.max(pause, 1));
    }
  }

  private rowOf(drawn: Drawn): HTMLElement {
    if ('scene' in drawn) return sceneRow(drawn.scene);
    if ('remark' in drawn) return remarkRow(drawn.remark, drawn.lane, drawn.bad);
    if ([drawn.arrow.from, drawn.arrow.to].includes('thief')) this.showThief();
    return arrowRow(drawn.arrow, drawn.explanation ?? explain(drawn.arrow), drawn.at - this.begin);
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

function sceneRow(scene: Text): HTMLElement {
  return speak(element('li', 'scene'), scene);
}

function remarkRow(remark: Text, lane: Lane, bad = false): HTMLElement {
  const row = element('li', bad ? 'remark is-bad' : 'remark');
  row.style.setProperty('--lane', String(ORDER.indexOf(lane)));
  row.append(speak(element('span', 'remark-text'), remark));
  return row;
}

function arrowRow(arrow: Arrow, { label, why }: Explanation, after: number): HTMLElement {
  const [from, to] = [ORDER.indexOf(arrow.from), ORDER.indexOf(arrow.to)];
  const row = element(
    'li',
    `arrow is-${arrow.kind} ${from < to ? 'to-right' : 'to-left'}${isBad(arrow) ? ' is-bad' : ''}`,
  );
  Object.assign(row.dataset, {
    about: arrow.about,
    kind: arrow.kind,
    status: String(arrow.status ?? ''),
    code: arrow.code ?? '',
  });
  row.style.setProperty('--left', String(Math.min(from, to)));
  row.style.setProperty('--span', String(Math.abs(from - to)));
  if (arrow.from === 'thief' || arrow.to === 'thief') row.classList.add('is-thief');
  const button = element('button', 'arrow-button');
  button.setAttribute('aria-expanded', 'false');
  name(button, { zh: spokenName(arrow, label, 'zh'), en: spokenName(arrow, label, 'en') });
  button.append(
    speak(element('span', 'arrow-label'), label),
    element('span', 'arrow-line'),
    element('code', 'arrow-about', shortened(arrow)),
  );
  const more = element('div', 'arrow-more');
  more.hidden = true;
  more.append(
    speak(element('p', ''), why),
    element('pre', '', JSON.stringify(arrow.details, null, 2)),
    element('small', '', `+${after} ms`),
  );
  button.addEventListener('click', () => {
    more.hidden = !more.hidden;
    button.setAttribute('aria-expanded', String(!more.hidden));
    if (!more.hidden) more.scrollIntoView({ block: 'nearest' });
  });
  row.append(button, more);
  return row;
}

function isBad({ kind, status, from }: Arrow): boolean {
  if (kind === 'lost') return true;
  if (kind !== 'answer') return false;
  return from === 'wechat' ? Boolean(status) || status === null : (status ?? 0) >= 400;
}

function shortened({ kind, about, status }: Arrow): string {
  if (kind === 'answer' && typeof status === 'number' && status > 0) return String(status);
  return kind === 'request' && about.includes('/') ? about.replace('/api/v1', '') : '';
}

function spokenName({ from, to }: Arrow, label: Text, language: keyof Text): string {
  return `${LANES[from].name[language]} → ${LANES[to].name[language]}: ${label[language]}`;
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

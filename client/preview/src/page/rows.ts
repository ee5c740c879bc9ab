import type { Arrow, Lane } from '../server/arrow.js';
import type { Drawn } from './diagram.js';
import { explain } from './explain.js';
import type { Explanation } from './explanation.js';
import { speak, type Text } from './language.js';
import { LANES } from './texts.js';

/** The participants from left to right. */
export const ORDER: readonly Lane[] = ['user', 'phone', 'server', 'wechat', 'thief'];

/** One line of the diagram; `begin` is when its first one happened. */
export function rowOf(drawn: Drawn, begin: number): HTMLElement {
  if ('scene' in drawn) return sceneRow(drawn.scene);
  if ('remark' in drawn) return remarkRow(drawn.remark, drawn.lane, drawn.bad);
  return arrowRow(drawn.arrow, drawn.explanation ?? explain(drawn.arrow), drawn.at - begin);
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
  const technicalName = technical(arrow);
  button.append(
    speak(element('span', 'visually-hidden'), fromTo(arrow)),
    within('arrow-label', speak(element('b', ''), label)),
    element('span', 'arrow-line'),
    ...(technicalName ? [within('arrow-about', element('span', '', technicalName))] : []),
  );
  const more = element('div', 'arrow-more');
  more.hidden = true;
  more.append(
    speak(element('p', ''), why),
    scrollable(JSON.stringify(arrow.details, null, 2)),
    element('small', '', `+${after} ms`),
  );
  button.addEventListener('click', () => {
    more.hidden = !more.hidden;
    button.setAttribute('aria-expanded', String(!more.hidden));
    if (!more.hidden) row.scrollIntoView({ block: 'nearest' });
  });
  row.append(button, more);
  return row;
}

function isBad({ kind, status, from }: Arrow): boolean {
  if (kind === 'lost') return true;
  if (kind !== 'answer') return false;
  return from === 'wechat' ? Boolean(status) || status === null : (status ?? 0) >= 400;
}

/** The line under an arrow, for those who know HTTP. */
function technical({ kind, about, from, status, code, details }: Arrow): string {
  if (kind === 'request') return about.includes('/') ? about.replace('/api/v1', '') : '';
  if (typeof status !== 'number') return '';
  if (from === 'wechat') return details.fault ? `HTTP ${String(details.httpStatus)}` : `errcode ${status}`;
  return code ? `${status} ${code}` : String(status);
}

function within(className: string, child: HTMLElement): HTMLElement {
  const made = element('span', className);
  made.append(child);
  return made;
}

/** By keyboard too. */
function scrollable(text: string): HTMLElement {
  const made = element('pre', '', text);
  made.tabIndex = 0;
  return made;
}

function fromTo({ from, to }: Arrow): Text {
  const [sender, receiver] = [LANES[from].name, LANES[to].name];
  return { zh: `${sender.zh} → ${receiver.zh}：`, en: `${sender.en} → ${receiver.en}: ` };
}

export function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

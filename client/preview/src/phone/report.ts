/** What only the phone knows; everything that crosses the network is told by the preview server. */
export interface PhoneNews {
  readonly at: number;
  readonly about:
    | 'launch'
    | 'tap'
    | 'page'
    | 'tokens-saved'
    | 'tokens-dropped'
    | 'offline'
    | 'no-answer'
    | 'clock'
    | 'privacy'
    | 'error';
  readonly text?: string;
}

const ORIGIN = location.origin;

/** Tells the page around the phone; a phone without one around it tells nobody. */
export function report(about: PhoneNews['about'], text?: string): void {
  if (window.parent === window) return;
  const news: PhoneNews = { at: Date.now() - clockAhead, about, ...(text && { text }) };
  window.parent.postMessage({ phoneNews: news }, ORIGIN);
}

let clockAhead = 0;

/** The phone's own clock may have been put forward; the page's has not. */
export function clockPutForward(ms: number): void {
  clockAhead += ms;
}

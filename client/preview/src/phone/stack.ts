import { report } from './report.js';

/** A page of the mini-program as the framework made it. */
export interface OpenPage {
  readonly page: Partial<Record<'onLoad' | 'onShow' | 'onReady' | 'onHide' | 'onUnload', (query?: object) => unknown>>;
  /** For `pageLifetimes` of the components on the page. */
  readonly lifetime: (name: 'show' | 'hide') => void;
  readonly release: () => void;
}

interface Entry extends OpenPage {
  readonly url: string;
  readonly path: string;
  readonly host: HTMLElement;
  title: string;
}

const DEEPEST = 10;

/** The pages that lie on each other; only the uppermost is seen. */
class Stack {
  private readonly entries: Entry[] = [];
  private titles: Readonly<Record<string, string>> = {};
  private open: (path: string, host: HTMLElement) => OpenPage = () => {
    throw new Error('the mini-program has not begun');
  };

  begin(titles: Readonly<Record<string, string>>, open: (path: string, host: HTMLElement) => OpenPage): void {
    this.titles = titles;
    this.open = open;
  }

  knows(url: string): boolean {
    return pathOf(url) in this.titles;
  }

  pages(): object[] {
    return this.entries.map(({ page }) => page);
  }

  push(url: string): void {
    if (this.entries.length >= DEEPEST) throw new Error('navigateTo:fail webview count limit exceed');
    this.leave();
    this.enter(url);
  }

  replace(url: string): void {
    this.drop();
    this.enter(url);
  }

  restart(url: string): void {
    while (this.entries.length > 0) this.drop();
    this.enter(url);
  }

  back(delta: number): void {
    for (let left = Math.min(delta, this.entries.length - 1); left > 0; left--) this.drop();
    this.comeBack();
  }

  /** The whole mini-program goes to the background … */
  leave(): void {
    const top = this.top();
    if (!top) return;
    top.page.onHide?.();
    top.lifetime('hide');
    top.host.hidden = true;
  }

  /** … or comes back. */
  comeBack(): void {
    const top = this.top();
    if (!top) return;
    top.host.hidden = false;
    this.showBar();
    top.page.onShow?.();
    top.lifetime('show');
  }

  setTitle(title: string): void {
    const top = this.top();
    if (top) top.title = title;
    this.showBar();
  }

  private enter(url: string): void {
    const path = pathOf(url);
    const host = document.createElement('div');
    host.className = 'page';
    host.dataset.page = path;
    document.getElementById('pages')!.append(host);
    const opened = this.open(path, host);
    this.entries.push({ url, path, host, title: this.titles[path] ?? '', ...opened });
    this.showBar();
    report('page', path);
    opened.page.onLoad?.(Object.fromEntries(new URLSearchParams(url.split('?')[1] ?? '')));
    opened.page.onShow?.();
    opened.lifetime('show');
    opened.page.onReady?.();
  }

  private drop(): void {
    const entry = this.entries.pop();
    entry?.page.onUnload?.();
    entry?.release();
    entry?.host.remove();
  }

  private showBar(): void {
    document.getElementById('title')!.textContent = this.top()?.title ?? '';
    document.getElementById('back')!.hidden = this.entries.length < 2;
  }

  private top(): Entry | undefined {
    return this.entries.at(-1);
  }
}

export const stack = new Stack();

function pathOf(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\//, '');
}

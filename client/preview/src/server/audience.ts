import type { ServerResponse } from 'node:http';
import type { Arrow, ArrowDraft } from './arrow.js';

const KEPT = 500;

/** The pages that watch one phone, by server-sent events; a page that comes late or again is told the rest. */
export class Audience {
  private readonly arrows: Arrow[] = [];
  private readonly watching = new Set<ServerResponse>();
  private lastId = 0;

  tell(draft: ArrowDraft): void {
    const arrow: Arrow = { ...draft, id: ++this.lastId, at: Date.now() };
    this.arrows.push(arrow);
    if (this.arrows.length > KEPT) this.arrows.shift();
    for (const response of this.watching) response.write(eventOf(arrow));
  }

  /** @param after the id of the last arrow that the page has seen */
  join(response: ServerResponse, after: number): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    for (const arrow of this.arrows) if (arrow.id > after) response.write(eventOf(arrow));
    this.watching.add(response);
    response.once('close', () => this.watching.delete(response));
  }

  close(): void {
    for (const response of this.watching) response.end();
  }
}

function eventOf(arrow: Arrow): string {
  return `id: ${arrow.id}\ndata: ${JSON.stringify(arrow)}\n\n`;
}

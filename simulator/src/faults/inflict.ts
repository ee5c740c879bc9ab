import { STATUS_CODES, type ServerResponse } from 'node:http';
import { send, type Answer } from '../http/answer.js';
import type { Effect } from './effect.js';

/** Lets the answer leave the way the effect wants it, or not leave at all. */
export function inflict(effect: Effect, response: ServerResponse, answer: Answer): void {
  switch (effect.kind) {
    case 'errcode':
      return send(response, answer);
    case 'http':
      return send(response, gatewayPage(effect.status));
    case 'html':
      return send(response, gatewayPage(200));
    case 'empty':
      return send(response, { ...answer, body: '' });
    case 'truncated':
      return send(response, { ...answer, body: answer.body.slice(0, answer.body.length / 2) });
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'drop-reply':
      return void response.socket?.destroy();
    case 'timeout':
      return; // the socket stays open until the client gives up or the simulator closes
  }
}

/** What nginx and its like send when they answer themselves. */
function gatewayPage(status: number): Answer {
  const title = `${status} ${STATUS_CODES[status] ?? 'Unknown'}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    `<body><center><h1>${title}</h1></center><hr><center>nginx</center></body>`,
    '</html>',
  ];
  return { status, headers: { 'content-type': 'text/html' }, body: lines.join('\r\n') };
}

import { createServer } from 'node:net';

/** Asks on both addresses, because macOS lets two programs share a port that way; 0 finds a free one. */
export async function isFree(port) {
  for (const host of ['127.0.0.1', undefined]) {
    if ((await listen(port, host)) === null) return false;
  }
  return true;
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  return await listen(0, '127.0.0.1');
}

function listen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });
}

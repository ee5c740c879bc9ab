import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between a client and a server, on a free port of 127.0.0.1, that a test can cut and mend. */
export interface TcpProxy {
  port: number;
  /** Resets every connection and refuses new ones: the server's machine is gone. */
  cut(): Promise<void>;
  /** Takes connections and passes nothing on: packets get lost on the way. */
  swallow(): void;
  /** Lets new connections through again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (chunk) => void (isSwallowing || to.write(chunk)));
    from.on('error', () => {}); // told by close
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    pass(client, upstream);
    pass(upstream, client);
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  const port = await listen(0);
  return {
    port,
    cut,
    swallow: () => void (isSwallowing = true),
    mend: async () => {
      isSwallowing = false;
      if (!server.listening) await listen(port);
    },
    close: async () => void (server.listening && (await cut())),
  };
}

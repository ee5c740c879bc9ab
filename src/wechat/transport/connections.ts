import { HttpAgent, HttpsAgent } from 'agentkeepalive';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

// A connection idle for longer may be closed by the other side just as it is used again, which would cost a login code.
const OPTIONS = { freeSocketTimeout: 4_000, maxSockets: 256, maxFreeSockets: 32 };
const CONNECT_DEADLINE_MS = 1_000; // leaves the second host time within a login's deadline

const opened = new WeakSet<Socket>();

/** True when the request's connection was never opened, TLS included: then surely nothing of it was sent. */
export function isUndelivered(request: ClientRequest | undefined): boolean {
  const socket = request?.socket;
  return !socket || !opened.has(socket);
}

/** Agents that keep connections for the next request, give up on a connection that does not come, and note which came. */
export function connectionAgents(): { httpAgent: HttpAgent; httpsAgent: HttpsAgent } {
  return { httpAgent: watchConnections(new HttpAgent(OPTIONS)), httpsAgent: watchConnections(new HttpsAgent(OPTIONS)) };
}

interface Connecting {
  createConnection(...parameters: unknown[]): Socket;
}

function watchConnections<Agent extends HttpAgent | HttpsAgent>(agent: Agent): Agent {
  const connecting = agent as unknown as Connecting;
  const create = connecting.createConnection.bind(agent);
  const openedEvent = agent instanceof HttpsAgent ? 'secureConnect' : 'connect';
  connecting.createConnection = (...parameters) => watch(create(...parameters), openedEvent);
  return agent;
}

function watch(socket: Socket, openedEvent: string): Socket {
  const giveUp = () => socket.destroy(Object.assign(new Error('no connection in time'), { code: 'ECONNTIMEOUT' }));
  const timer = setTimeout(giveUp, CONNECT_DEADLINE_MS);
  socket.once(openedEvent, () => {
    opened.add(socket);
    clearTimeout(timer);
  });
  socket.once('close', () => clearTimeout(timer));
  return socket;
}

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUSH_TIMEOUT_MS } from './push/deliver.js';
import { requestHandler } from './request-handler.js';
import type { App } from './world/apps.js';
import { LOGINS_PER_USER_AND_MINUTE, World } from './world/world.js';

export type { PushSettings } from './push/push-settings.js';
export type { PlatformKey } from './signing/platform-key.js';
export type { SigningSettings } from './signing/signing-settings.js';
export type { App } from './world/apps.js';

/** The mini-program that exists when no apps are given; its secret opens nothing outside the simulator. */
export const DEFAULT_APP: App = { id: 'wx0000000000000001', secret: '51b0a1a7e5c94d0f8a3b6c2d1e0f9a8b' };

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** The address to listen on, 127.0.0.1 by default; anything but loopback lets the network use the control door. */
  host?: string;
  /** The mini-programs that exist, {@link DEFAULT_APP} by default. */
  apps?: readonly App[];
  /** The clock in milliseconds since 1970, Date.now by default; PUT /__sim/clock adds its offset to it. */
  now?: () => number;
  /** How often one user may log in to one mini-program in a minute before errcode 45011; WeChat's 100 by default. */
  loginsPerMinute?: number;
  /** How many milliseconds a push waits for the server's answer before it is sent again; WeChat's 5,000 by default. */
  pushTimeoutMs?: number;
}

/** A running simulator. */
export interface Simulator {
  /** Where it answers, without a slash at the end: what WECHAT_API_BASE_URL should be. */
  readonly url: string;
  readonly port: number;
  /** Cuts every connection, also those that a fault keeps waiting, and resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Starts a server that answers like WeChat and keeps everything in memory.
 * Rejects with the error of `listen` (`EADDRINUSE`, `EACCES`) when the port cannot be had.
 *
 * @example
 * const simulator = await startSimulator();
 * // … point the client at simulator.url …
 * await simulator.close();
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', apps = [DEFAULT_APP], now = Date.now } = options;
  const { loginsPerMinute = LOGINS_PER_USER_AND_MINUTE, pushTimeoutMs = PUSH_TIMEOUT_MS } = options;
  const world = new World({ apps, now, loginsPerMinute, pushTimeoutMs });
  const server = createServer({ keepAliveTimeout: 65_000 }, requestHandler(world, host));
  server.listen(port, host);
  await once(server, 'listening');
  const { port: boundPort } = server.address() as AddressInfo;
  return { url: urlOf(host, boundPort), port: boundPort, close: () => close(server) };
}

function urlOf(host: string, port: number): string {
  const reachable = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

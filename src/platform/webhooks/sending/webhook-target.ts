import { Injectable } from '@nestjs/common';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { WebhooksConfig } from '../webhooks.config.js';
import { forbiddenUnless } from './forbidden-addresses.js';

/** An address to connect to. */
export interface TargetAddress {
  address: string;
  family: number;
}

/** Why an address is not called. */
export type TargetProblem = 'not_https' | 'has_credentials' | 'unknown_host' | 'refused_address';

/** The URL, or where its name leads to, is none that may be called. */
export class TargetRefused extends Error {
  constructor(readonly problem: TargetProblem) {
    super(`A webhook target was refused: ${problem}`);
    this.name = 'TargetRefused';
  }
}

/**
 * Keeps admins, and whoever controls the name of a receiver, from making this server call its own network: the name
 * is resolved here, every address of it is looked at, and the request connects to just that address.
 */
@Injectable()
export class WebhookTarget {
  private readonly isForbidden: (address: string) => boolean;

  constructor(private readonly config: WebhooksConfig) {
    this.isForbidden = forbiddenUnless(config.allowedNetworks);
  }

  /** @throws TargetRefused */
  async resolve({ protocol, username, password, hostname }: URL): Promise<TargetAddress> {
    if (protocol !== 'https:' && (protocol !== 'http:' || this.config.requiresHttps))
      throw new TargetRefused('not_https');
    if (username || password) throw new TargetRefused('has_credentials');
    const addresses = await addressesOf(hostname.replace(/^\[|\]$/g, ''));
    if (addresses.some(({ address }) => this.isForbidden(address))) throw new TargetRefused('refused_address');
    return addresses[0]!;
  }
}

async function addressesOf(host: string): Promise<TargetAddress[]> {
  if (isIP(host)) return [{ address: host, family: isIP(host) }];
  try {
    const addresses = await lookup(host, { all: true });
    if (addresses.length) return addresses;
  } catch {
    // Named below.
  }
  throw new TargetRefused('unknown_host');
}

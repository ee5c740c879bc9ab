import type { Type } from '@nestjs/common';
import { Injectable } from '@nestjs/common';

/** The way from a command to the server's features, which are loaded and connected only now. */
@Injectable()
export class Features {
  /** Makes `acts` out of the features, lets `work` use them, and closes everything, whatever comes of it. */
  async use<Acts>(acts: () => Promise<Type<Acts>>, work: (acts: Acts) => Promise<void>): Promise<void> {
    const { openServer } = await import('./server.js');
    const server = await openServer();
    try {
      await work(await server.make(await acts()));
    } finally {
      await server.close();
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { Localized } from '../../platform/errors/app-error.js';
import { both } from './both.js';

/** Where commands write their results: stdout, which holds nothing else. */
@Injectable()
export class Terminal {
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** What was done, and to whom. */
  say(done: Localized, who: string): void {
    this.print(`${both(done)}: ${who}`);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value, null, 2));
  }
}

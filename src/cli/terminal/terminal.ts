import { Injectable } from '@nestjs/common';

/** Where commands write their results: stdout, which holds nothing else. */
@Injectable()
export class Terminal {
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value, null, 2));
  }
}

import { Injectable } from '@nestjs/common';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Localized } from '../../platform/errors/app-error.js';
import { BadUse, CommandFailure } from '../command-failures.js';
import { both } from './both.js';

const NOT_CONFIRMED: Localized = { zh: '已取消，什么也没有做', en: 'cancelled, nothing was done' };
const NEEDS_YES: Localized = {
  zh: '此操作需要确认：在终端里运行，或加上 --yes',
  en: 'this has to be confirmed: run it in a terminal, or add --yes',
};
const DIFFERENT: Localized = { zh: '两次输入的密码不一致', en: 'the two passwords differ' };
const NO_PASSWORD: Localized = { zh: '没有输入密码', en: 'no password was given' };

/** Asks whoever sits at the terminal. Questions go to stderr, so that stdout holds results only. */
@Injectable()
export class Prompt {
  /** @throws CommandFailure when the answer is not yes, BadUse when nobody is there to answer */
  async confirm(what: Localized, isConfirmed = false): Promise<void> {
    if (isConfirmed) return;
    if (!process.stdin.isTTY) throw new BadUse(NEEDS_YES);
    const answer = await ask(`${both(what)}\n继续？ · Go on? [y/N] `, process.stderr);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure(NOT_CONFIRMED);
  }

  /** A new password: typed twice and not shown in a terminal, otherwise the first line of stdin. */
  async newPassword(): Promise<string> {
    const password = await ask('密码 · Password: ', SILENT);
    if (!password) throw new BadUse(NO_PASSWORD);
    if (process.stdin.isTTY && password !== (await ask('再输入一次 · Again: ', SILENT))) throw new BadUse(DIFFERENT);
    return password;
  }
}

const SILENT = new Writable({ write: (_chunk, _encoding, done) => done() });

// readline echoes what is typed to its output: to one that shows nothing, nothing.
async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const isTerminal = Boolean(process.stdin.isTTY);
  if (isTerminal) process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, output, terminal: isTerminal });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      if (isTerminal && output === SILENT) process.stderr.write('\n');
      resolve('');
    });
  });
}

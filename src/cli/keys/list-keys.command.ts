import { CommandRunner, Option, SubCommand } from 'nest-commander';
import type { KeyStanding } from '../../auth/keys/key-rotation.js';
import { Features } from '../features.js';
import { Terminal } from '../terminal/terminal.js';

@SubCommand({
  name: 'list',
  description: '列出签名密钥及其状态 · lists the signing keys and what becomes of them',
})
export class ListKeysCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run(_: string[], { json }: { json?: boolean }): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const keys = await acts.list();
      if (json) this.terminal.printJson(keys);
      else this.terminal.print(keys.map(lineOf).join('\n'));
    });
  }

  @Option({ flags: '--json', description: '输出 JSON · prints JSON' })
  asJson(): boolean {
    return true;
  }
}

function lineOf({ kid, state, createdAt, signsAt, verifiesUntil }: KeyStanding): string {
  const signs = signsAt && `启用 · signs ${signsAt.toISOString()}`;
  const verifies = verifiesUntil && `失效 · until ${verifiesUntil.toISOString()}`;
  return [kid, state.padEnd(9), createdAt.toISOString(), signs, verifies].filter(Boolean).join('  ');
}

const loadActs = async () => (await import('./key-acts.js')).KeyActs;

import { CommandRunner, SubCommand } from 'nest-commander';
import { Features } from '../features.js';
import { both } from '../terminal/both.js';
import { Terminal } from '../terminal/terminal.js';

@SubCommand({
  name: 'rotate',
  description:
    '公布下一个签名密钥，所有进程都认识它之后自动启用；用户无感知\n' +
    'publishes the next signing key, which comes into use once every process knows it; nobody notices',
})
export class RotateKeysCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const { kid, signsAt } = await acts.rotate();
      const at = signsAt?.toISOString() ?? '';
      this.terminal.print(both({ zh: `已公布 ${kid}，${at} 启用`, en: `published ${kid}, signs from ${at}` }));
    });
  }
}

const loadActs = async () => (await import('./key-acts.js')).KeyActs;

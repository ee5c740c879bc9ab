import { SubCommand } from 'nest-commander';
import { CommandFailure } from '../command-failures.js';
import { type Confirmable, DestructiveCommand } from '../destructive-command.js';
import { Features } from '../features.js';
import { Prompt } from '../terminal/prompt.js';
import { Terminal } from '../terminal/terminal.js';

@SubCommand({
  name: 'revoke',
  arguments: '<kid>',
  argsDescription: { kid: '密钥的 kid，见 keys list · the kid, from keys list' },
  description:
    '密钥泄露时使用：一秒内所有进程拒绝它签发的访问令牌，客户端会自动续期\n' +
    'for a key that has leaked: its access tokens are refused everywhere within a second, and clients refresh',
})
export class RevokeKeyCommand extends DestructiveCommand {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
    private readonly prompt: Prompt,
  ) {
    super();
  }

  async run([kid = '']: string[], { yes }: Confirmable): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      await this.prompt.confirm({ zh: `将吊销密钥 ${kid}`, en: `about to revoke the key ${kid}` }, yes);
      if (!(await acts.revoke(kid))) throw new CommandFailure({ zh: '没有这个密钥', en: 'there is no such key' });
      this.terminal.say({ zh: '已吊销', en: 'revoked' }, kid);
    });
  }
}

const loadActs = async () => (await import('./key-acts.js')).KeyActs;

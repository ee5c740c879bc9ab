import { CommandRunner, SubCommand } from 'nest-commander';
import { Features } from '../features.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from './describe-user.js';
import { USER_ARGUMENT } from './user-argument.js';

@SubCommand({
  name: 'unban',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description: '解除封禁 · lifts a ban',
})
export class UnbanCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run([name = '']: string[]): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const user = await acts.get(name);
      await acts.unban(user);
      this.terminal.say({ zh: '未被封禁', en: 'not banned' }, describeUser(user));
    });
  }
}

const loadActs = async () => (await import('./user-acts.js')).UserActs;

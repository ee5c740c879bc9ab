import { CommandRunner, SubCommand } from 'nest-commander';
import { Features } from '../features.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from './describe-user.js';
import { USER_ARGUMENT } from './user-argument.js';

@SubCommand({
  name: 'unlock',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description: '解除密码输错后的等待 · ends the wait after failed logins',
})
export class UnlockCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run([name = '']: string[]): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const user = await acts.get(name);
      await acts.unlock(user);
      this.terminal.say({ zh: '可以重新登录了', en: 'may log in again' }, describeUser(user));
    });
  }
}

const loadActs = async () => (await import('./user-acts.js')).UserActs;

import { SubCommand } from 'nest-commander';
import { type Confirmable, DestructiveCommand } from '../destructive-command.js';
import { Features } from '../features.js';
import { Prompt } from '../terminal/prompt.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from './describe-user.js';
import { USER_ARGUMENT } from './user-argument.js';

@SubCommand({
  name: 'erase',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description: '注销用户并清除其全部数据，无法恢复 · erases a user with everything about them, for good',
})
export class EraseCommand extends DestructiveCommand {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
    private readonly prompt: Prompt,
  ) {
    super();
  }

  async run([name = '']: string[], { yes }: Confirmable): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const user = await acts.get(name);
      const who = describeUser(user);
      await this.prompt.confirm({ zh: `将永久清除：${who}`, en: `about to erase for good: ${who}` }, yes);
      await acts.erase(user);
      this.terminal.say({ zh: '已清除用户', en: 'erased user' }, user.id);
    });
  }
}

const loadActs = async () => (await import('./data-acts.js')).DataActs;

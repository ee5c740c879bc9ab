import { SubCommand } from 'nest-commander';
import { BadUse } from '../command-failures.js';
import { type Confirmable, DestructiveCommand } from '../destructive-command.js';
import { Features } from '../features.js';
import { Prompt } from '../terminal/prompt.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from '../users/describe-user.js';
import { USER_ARGUMENT } from '../users/user-argument.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

@SubCommand({
  name: 'end',
  arguments: '<user> [session]',
  argsDescription: {
    ...USER_ARGUMENT,
    session: '会话 ID；省略则为全部 · the id of one session, by default all',
  },
  description: '下线用户的一台或全部设备，立即生效 · signs one or all of a user’s devices out, at once',
})
export class EndSessionsCommand extends DestructiveCommand {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
    private readonly prompt: Prompt,
  ) {
    super();
  }

  async run([name = '', session]: string[], { yes }: Confirmable): Promise<void> {
    if (session !== undefined && !UUID.test(session))
      throw new BadUse({ zh: '会话 ID 的格式不对', en: 'this is not the id of a session' });
    await this.features.use(loadActs, async (acts) => {
      const user = await acts.get(name);
      const who = describeUser(user);
      const which = session === undefined ? { zh: '全部设备', en: 'all devices' } : { zh: session, en: session };
      const about = { zh: `将下线 ${who} 的${which.zh}`, en: `about to sign out ${which.en} of ${who}` };
      await this.prompt.confirm(about, yes);
      await acts.end(user, session);
      this.terminal.say({ zh: '已下线', en: 'signed out' }, who);
    });
  }
}

const loadActs = async () => (await import('./session-acts.js')).SessionActs;

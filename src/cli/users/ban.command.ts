import { Option, SubCommand } from 'nest-commander';
import { BadUse } from '../command-failures.js';
import { type Confirmable, DestructiveCommand } from '../destructive-command.js';
import { Features } from '../features.js';
import { Prompt } from '../terminal/prompt.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from './describe-user.js';
import { USER_ARGUMENT } from './user-argument.js';

interface BanOptions extends Confirmable {
  reason: string;
  until?: Date;
}

const REASON_MAX = 255;

@SubCommand({
  name: 'ban',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description: '封禁用户，立即下线其全部设备 · keeps a user out and signs all of their devices out at once',
})
export class BanCommand extends DestructiveCommand {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
    private readonly prompt: Prompt,
  ) {
    super();
  }

  async run([name = '']: string[], { reason, until, yes }: BanOptions): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const user = await acts.get(name);
      const who = describeUser(user);
      await this.prompt.confirm({ zh: `将封禁：${who}`, en: `about to ban: ${who}` }, yes);
      await acts.ban(user, { reason, until });
      this.terminal.say({ zh: '已封禁', en: 'banned' }, who);
    });
  }

  @Option({ flags: '-r, --reason <text>', description: '原因，用户会看到 · why; the user sees it', required: true })
  readReason(text: string): string {
    if (text.trim() && text.length <= REASON_MAX) return text;
    throw new BadUse({ zh: `--reason 为 1 到 ${REASON_MAX} 字`, en: `--reason takes 1 to ${REASON_MAX} characters` });
  }

  @Option({
    flags: '-u, --until <time>',
    description: '何时自动解除，如 2026-12-31T16:00:00Z；默认永久 · when it ends by itself, by default never',
  })
  readUntil(text: string): Date {
    const until = new Date(text);
    if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(until.getTime())) return until;
    throw new BadUse({ zh: '--until 须为 ISO 8601 时间', en: '--until takes a time in ISO 8601' });
  }
}

const loadActs = async () => (await import('./user-acts.js')).UserActs;

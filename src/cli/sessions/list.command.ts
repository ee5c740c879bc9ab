import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { Features } from '../features.js';
import { both } from '../terminal/both.js';
import { Terminal } from '../terminal/terminal.js';
import { USER_ARGUMENT } from '../users/user-argument.js';

@SubCommand({
  name: 'list',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description: '列出用户登录的设备 · lists the devices a user is signed in on',
})
export class ListSessionsCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run([name = '']: string[], { json }: { json?: boolean }): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const devices = (await acts.list(await acts.get(name))).map(deviceOf);
      if (json) this.terminal.printJson(devices);
      else if (devices.length) this.terminal.print(devices.map(lineOf).join('\n'));
      else this.terminal.print(both({ zh: '没有登录的设备', en: 'not signed in anywhere' }));
    });
  }

  @Option({ flags: '--json', description: '输出 JSON · prints JSON' })
  asJson(): boolean {
    return true;
  }
}

type Found = Awaited<ReturnType<import('./session-acts.js').SessionActs['list']>>[number];

function deviceOf({ id, deviceName, platform, loginMethod, createdAt, lastSeenAt }: Found) {
  return { id, deviceName, platform, loginMethod, createdAt, lastSeenAt };
}

function lineOf({ id, deviceName, platform, loginMethod, lastSeenAt }: ReturnType<typeof deviceOf>): string {
  return [id, loginMethod, lastSeenAt.toISOString(), platform, deviceName].filter(Boolean).join('  ');
}

const loadActs = async () => (await import('./session-acts.js')).SessionActs;

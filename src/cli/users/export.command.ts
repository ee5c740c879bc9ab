import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { writeFileSync } from 'node:fs';
import { BadUse } from '../command-failures.js';
import { Features } from '../features.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from './describe-user.js';
import { USER_ARGUMENT } from './user-argument.js';

@SubCommand({
  name: 'export',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description: '以 JSON 导出用户的全部数据 · everything that is stored about a user, in JSON',
})
export class ExportCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run([name = '']: string[], { output }: { output?: string }): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const user = await acts.get(name);
      const data = await acts.export(user);
      if (output === undefined) return this.terminal.printJson(data);
      writeNew(output, JSON.stringify(data, null, 2));
      this.terminal.say({ zh: `已导出到 ${output}`, en: `exported to ${output}` }, describeUser(user));
    });
  }

  @Option({
    flags: '-o, --output <file>',
    description: '写入新文件，仅自己可读；默认写到 stdout · a new file, for its owner only; by default stdout',
  })
  readOutput(path: string): string {
    return path;
  }
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, `${text}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BadUse({ zh: `无法新建 ${path}（${code}）`, en: `${path} cannot be made (${code})` });
  }
}

const loadActs = async () => (await import('./data-acts.js')).DataActs;

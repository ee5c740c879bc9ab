import { Command, CommandRunner, Option } from 'nest-commander';
import { CommandFailure } from '../command-failures.js';
import { Features } from '../features.js';
import { both } from '../terminal/both.js';
import { Terminal } from '../terminal/terminal.js';
import { describeReport, type ImportReport } from './import-report.js';

interface ImportOptions {
  dryRun?: boolean;
  json?: boolean;
}

const PROGRESS_EVERY_MS = 2_000;

@Command({
  name: 'import',
  arguments: '<file>',
  argsDescription: {
    file: 'CSV（首行为列名）或 .json（对象数组），UTF-8；列见 docs/cli.md\nCSV with a first line of names, or .json with an array; UTF-8; columns: docs/cli.md',
  },
  description:
    '从其他系统导入用户，密码哈希照用；重复执行不会改变已导入的用户。有行未导入时退出码为 1\n' +
    'imports users of another system with their password hashes; running it again changes nothing. Exit code 1 when lines were refused',
})
export class ImportCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  async run([file = '']: string[], { dryRun = false, json }: ImportOptions): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const report = await acts.importFile(file, dryRun, progress());
      if (json) this.terminal.printJson(report);
      else this.terminal.print(describeReport(report));
      if (report.refused.length) throw new CommandFailure(); // the report has said why
    });
  }

  @Option({ flags: '-n, --dry-run', description: '只检查，不写入 · checks everything and writes nothing' })
  isDry(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: '输出 JSON · prints JSON' })
  asJson(): boolean {
    return true;
  }
}

// On stderr, now and then.
function progress(): (report: ImportReport) => void {
  const began = Date.now();
  let toldAt = began;
  return ({ lines }) => {
    const now = Date.now();
    if (now - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = now;
    const rate = Math.round((lines * 1000) / (now - began));
    process.stderr.write(
      `${both({ zh: `已处理 ${lines} 行，每秒 ${rate}`, en: `${lines} lines, ${rate} a second` })}\n`,
    );
  };
}

const loadActs = async () => (await import('./import-acts.js')).ImportActs;

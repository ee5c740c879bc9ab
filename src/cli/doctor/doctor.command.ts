import { Command, CommandRunner, Option } from 'nest-commander';
import { both } from '../terminal/both.js';
import { CommandFailure } from '../command-failures.js';
import { Terminal } from '../terminal/terminal.js';
import { type Finding, type Verdict, worst } from './finding.js';

const SIGNS: Record<Verdict, string> = { ok: '✓', warning: '!', problem: '✗' };

@Command({
  name: 'doctor',
  description:
    '检查数据库、迁移、时钟、微信凭证、密钥、索引、Redis，并说明如何修复；有 ✗ 时退出码为 1\n' +
    'examines database, migrations, clocks, WeChat credentials, secrets, indexes and Redis, and says what to do; exit code 1 when there is a ✗',
})
export class DoctorCommand extends CommandRunner {
  constructor(private readonly terminal: Terminal) {
    super();
  }

  async run(_: string[], { json }: { json?: boolean } = {}): Promise<void> {
    const { examine } = await import('./examination.js');
    const findings = await examine();
    if (json) this.terminal.printJson(findings);
    else this.terminal.print([...findings.flatMap(linesOf), '', summaryOf(findings)].join('\n'));
    if (worst(findings) === 'problem') throw new CommandFailure(); // the report has said it
  }

  @Option({ flags: '--json', description: '输出 JSON · prints JSON' })
  asJson(): boolean {
    return true;
  }
}

function linesOf({ verdict, what, fix }: Finding): string[] {
  const fixes = fix ? [...new Set([fix.zh, fix.en])].map((line) => `    → ${line}`) : [];
  return [`${SIGNS[verdict]} ${both(what)}`, ...fixes];
}

function summaryOf(findings: Finding[]): string {
  const count = (wanted: Verdict) => findings.filter(({ verdict }) => verdict === wanted).length;
  return (['ok', 'warning', 'problem'] as const).map((verdict) => `${SIGNS[verdict]} ${count(verdict)}`).join('  ');
}

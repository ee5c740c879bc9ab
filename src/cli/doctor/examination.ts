import type { DataSource } from 'typeorm';
import type { Environment } from '../../platform/config/environment.js';
import { type EnvironmentReport, inspectEnvironment } from '../../platform/config/inspect-environment.js';
import { describeError } from '../../platform/observability/logger.js';
import { checkDatabase } from './database-check.js';
import { openDatabase } from './database-opening.js';
import { checkEnvironment } from './environment-check.js';
import { type Finding, ok, problem } from './finding.js';
import { checkKeys } from './keys-check.js';
import { checkRedis } from './redis-check.js';
import { checkSchema } from './schema-check.js';
import { checkWechat } from './wechat-check.js';

const DEADLINE_MS = 20_000;
const REPORT_IT = {
  zh: '请把这一行告诉 wx-login 的维护者',
  en: 'please tell the maintainers of wx-login this line',
};

/** Looks at everything the server stands on. Each check answers for itself: one that fails stops no other. */
export async function examine(variables?: NodeJS.ProcessEnv): Promise<Finding[]> {
  const report = inspectEnvironment(variables);
  const node = ok(`Node.js ${process.versions.node}`, `Node.js ${process.versions.node}`);
  const rest = await Promise.all(checksFor(report).map(([name, check]) => guarded(name, check)));
  return [node, ...checkEnvironment(report), ...rest.flat()];
}

type Check = [name: string, run: () => Promise<Finding[]>];

// What stands on a variable that is wrong cannot be examined.
function checksFor({ environment, wrong }: EnvironmentReport): Check[] {
  if (!environment) return [];
  const checks: [needs: RegExp, ...Check][] = [
    [/^DATA/, 'database', () => checkStorage(environment)],
    [/^REDIS/, 'redis', () => checkRedis(environment)],
    [/^WECHAT/, 'wechat', () => checkWechat(environment)],
  ];
  return checks
    .filter(([needs]) => ![...wrong].some((name) => needs.test(name)))
    .map(([, name, run]): Check => [name, run]);
}

async function checkStorage(environment: Environment): Promise<Finding[]> {
  const opened = await openDatabase(environment);
  if ('finding' in opened) return [opened.finding];
  try {
    return await checkContents(opened.dataSource, environment);
  } finally {
    await opened.dataSource.destroy();
  }
}

async function checkContents(dataSource: DataSource, environment: Environment): Promise<Finding[]> {
  const database = await guarded('database', () => checkDatabase(dataSource));
  const schema = await guarded('schema', () => checkSchema(dataSource, environment));
  const isReadable = schema.some(({ verdict }) => verdict === 'ok') && environment.APP_SECRET;
  const keys = isReadable ? await guarded('keys', () => checkKeys(dataSource, environment)) : [];
  return [...database, ...schema, ...keys];
}

async function guarded(name: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS);
  });
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    const { type, message } = describeError(error);
    const what = {
      zh: `检查 ${name} 时出错：${type}: ${message}`,
      en: `the check of ${name} failed: ${type}: ${message}`,
    };
    return [problem(what, REPORT_IT)];
  } finally {
    clearTimeout(timer);
  }
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../platform/config/environment.js';
import type { EnvironmentReport } from '../../platform/config/inspect-environment.js';
import { type Finding, ok, problem, warning } from './finding.js';

const IN_ENV = {
  zh: '修改这个环境变量（或 .env），每一项的说明见 .env.example',
  en: 'set this variable (or .env) right: .env.example explains each of them',
};
const BEFORE_PRODUCTION = {
  zh: '上线前（NODE_ENV=production）必须改好，否则服务拒绝启动',
  en: 'has to be right before NODE_ENV=production, where the server refuses to start with it',
};
const OWNER_ONLY = 0o077;

/** Are the variables right, and the secrets strong? */
export function checkEnvironment({ environment, problems, warnings }: EnvironmentReport): Finding[] {
  return [
    ...(problems.length ? [] : [ok('配置有效', 'the configuration is valid')]),
    ...problems.map((each) => problem(configuration(each), IN_ENV)),
    ...warnings.map((each) => warning(configuration(each), BEFORE_PRODUCTION)),
    ...(environment ? [...proxies(environment), ...secretFile(environment)] : []),
  ];
}

function configuration(problem: string) {
  const text = `配置 · configuration: ${problem}`;
  return { zh: text, en: text };
}

function proxies({ isProduction, HOST, TRUSTED_PROXIES }: Environment): Finding[] {
  if (!isProduction || HOST === '127.0.0.1' || TRUSTED_PROXIES.length) return [];
  const what = { zh: '没有设置 TRUSTED_PROXIES', en: 'TRUSTED_PROXIES is not set' };
  return [
    warning(what, {
      zh: '若前面有反向代理，请填入它的地址，否则限流看到的都是代理',
      en: 'behind a reverse proxy set its address, or every limit counts the proxy',
    }),
  ];
}

// Generated outside production; on Windows the mode says nothing.
function secretFile({ DATA_DIR }: Environment): Finding[] {
  const file = join(DATA_DIR, 'app-secret');
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if (process.platform === 'win32' || !(mode & OWNER_ONLY)) return [];
  const what = { zh: `其他用户可以读取 ${file}`, en: `other users may read ${file}` };
  return [warning(what, { zh: `chmod 600 ${file}`, en: `chmod 600 ${file}` })];
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { entities } from '../../entities.js';
import type { Environment } from '../../platform/config/environment.js';
import { createDataSource, dataSourceOptions } from '../../platform/database/data-source.js';
import type { Localized } from '../../platform/errors/app-error.js';
import { type Finding, ok, problem, warning } from './finding.js';

/** A connection to look at the database with, or why there is none. */
export type Opened = { dataSource: DataSource } | { finding: Finding };

/** Opens the database without changing it: no file is made, no migration run, no lock held. */
export async function openDatabase(environment: Environment): Promise<Opened> {
  const { DATABASE_URL: url, DATA_DIR: dataDir } = environment;
  if (!url && !existsSync(join(dataDir, 'wx-login.sqlite')))
    return { finding: ok('还没有数据库，服务首次启动时会建立', 'no database yet: the first start makes it') };
  try {
    const options = dataSourceOptions({ ...environment, isProduction: false, DATABASE_POOL_SIZE: 2 }, entities);
    const dataSource = await createDataSource(options).initialize();
    await dataSource.query('SELECT 1');
    return { dataSource };
  } catch (error) {
    return { finding: explain(error as { code?: string; message: string }, where(environment)) };
  }
}

const FIXES: Record<string, Localized> = {
  ECONNREFUSED: { zh: '确认 MySQL 已启动、地址和端口正确', en: 'see that MySQL runs and that host and port are right' },
  ENOTFOUND: { zh: '主机名无法解析，检查 DATABASE_URL 与 DNS', en: 'the host name is not known: DATABASE_URL, DNS' },
  ETIMEDOUT: { zh: '连接超时，检查防火墙与安全组', en: 'no answer: look at firewalls and security groups' },
  ER_ACCESS_DENIED_ERROR: { zh: '用户名或密码有误（DATABASE_URL）', en: 'wrong user or password in DATABASE_URL' },
  ER_DBACCESS_DENIED_ERROR: { zh: 'GRANT ALL ON 库名.* TO 用户', en: 'GRANT ALL ON database.* TO user' },
  ER_BAD_DB_ERROR: {
    zh: '先建库：CREATE DATABASE 库名 CHARACTER SET utf8mb4',
    en: 'make it first: CREATE DATABASE name CHARACTER SET utf8mb4',
  },
};
const LOOK_AT_URL = { zh: '检查 DATABASE_URL 与数据库的日志', en: "look at DATABASE_URL and the database's log" };

function explain({ code = 'unknown' }: { code?: string }, place: string): Finding {
  if (code === 'SQLITE_BUSY') {
    const what = { zh: '数据库文件正被运行中的服务独占', en: 'the running server holds the database file' };
    return warning(what, {
      zh: '停止服务后再检查数据库；多进程请改用 MySQL（DATABASE_URL）',
      en: 'stop the server to examine it; use MySQL (DATABASE_URL) for several processes',
    });
  }
  const what = { zh: `无法使用数据库 ${place}（${code}）`, en: `the database ${place} cannot be used (${code})` };
  return problem(what, FIXES[code] ?? LOOK_AT_URL);
}

// The address only: the URL holds the password.
function where({ DATABASE_URL: url, DATA_DIR: dataDir }: Environment): string {
  if (!url) return join(dataDir, 'wx-login.sqlite');
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

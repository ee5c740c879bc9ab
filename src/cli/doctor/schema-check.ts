import type { DataSource } from 'typeorm';
import type { Environment } from '../../platform/config/environment.js';
import { compareMigrations, findSchemaDrift } from '../../platform/database/schema-state.js';
import { type Finding, ok, problem, warning } from './finding.js';

const MIGRATE = { zh: '执行 npm run migrate', en: 'run npm run migrate' };
const UPGRADE = {
  zh: '若不是正在滚动升级，请使用与数据库一样新的程序',
  en: 'unless you are in the middle of an upgrade, run a program as new as the database',
};

/** Are the tables and indexes what this program expects? */
export async function checkSchema(dataSource: DataSource, { isProduction }: Environment): Promise<Finding[]> {
  const { pending, unknown } = await compareMigrations(dataSource);
  if (pending.length) return [pendingFinding(pending, isProduction)];
  if (unknown.length) {
    const names = unknown.join(', ');
    const what = {
      zh: `数据库里有本程序不认识的迁移：${names}`,
      en: `migrations this program does not know: ${names}`,
    };
    return [warning(what, UPGRADE)];
  }
  return [ok('迁移全部执行过', 'all migrations have been run'), ...(await checkDrift(dataSource))];
}

// Outside production a server that starts runs them itself.
function pendingFinding(pending: string[], isProduction: boolean): Finding {
  const what = { zh: `有 ${pending.length} 个迁移待执行`, en: `${pending.length} migrations are pending` };
  return isProduction ? problem(what, MIGRATE) : warning(what, MIGRATE);
}

async function checkDrift(dataSource: DataSource): Promise<Finding[]> {
  const statements = await findSchemaDrift(dataSource);
  if (!statements.length)
    return [ok('表、列和索引都与程序一致', 'tables, columns and indexes are what they should be')];
  return statements.map((sql) => {
    const index = /CREATE (?:UNIQUE )?INDEX [`"](\w+)[`"] ON [`"](\w+)[`"]/.exec(sql);
    const what = index
      ? { zh: `表 ${index[2]} 缺少索引 ${index[1]}`, en: `table ${index[2]} lacks the index ${index[1]}` }
      : { zh: '表结构与程序不一致', en: 'a table is not what the program expects' };
    return problem(what, { zh: `先备份，再执行：${sql}`, en: `after a backup: ${sql}` });
  });
}

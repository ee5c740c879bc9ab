import type { DataSource } from 'typeorm';
import { type ClockReading, compareClocks } from './clock-check.js';
import { type Finding, ok, problem, warning } from './finding.js';

interface MysqlServer {
  version: string;
  charset: string;
  collation: string;
  zone: string;
  isolation: string;
}

const ASK_MYSQL = `SELECT VERSION() AS version, @@character_set_database AS charset,
  @@collation_database AS collation, @@session.time_zone AS zone, @@transaction_isolation AS isolation`;
const OLDEST_MYSQL = 8;
const ISOLATIONS = ['REPEATABLE-READ', 'READ-COMMITTED'];

/** What kind of database answers, and is it set up as the server needs it? */
export async function checkDatabase(dataSource: DataSource): Promise<Finding[]> {
  return dataSource.options.type === 'mysql' ? checkMysql(dataSource) : checkSqlite(dataSource);
}

async function checkSqlite(dataSource: DataSource): Promise<Finding[]> {
  const [{ version }] = await dataSource.query<[{ version: string }]>('SELECT sqlite_version() AS version');
  const damage = await dataSource.query<{ quick_check: string }[]>('PRAGMA quick_check(1)');
  const found = ok(`内嵌数据库 SQLite ${version}`, `embedded database, SQLite ${version}`);
  if (damage[0]?.quick_check === 'ok') return [found];
  return [
    problem(
      { zh: '数据库文件已损坏', en: 'the database file is damaged' },
      { zh: '停止服务，从备份恢复 DATA_DIR', en: 'stop the server and restore DATA_DIR from a backup' },
    ),
  ];
}

async function checkMysql(dataSource: DataSource): Promise<Finding[]> {
  const [server] = await dataSource.query<[MysqlServer]>(ASK_MYSQL);
  return [...judgeMysql(server), compareClocks(await readClock(dataSource))];
}

function judgeMysql({ version, charset, collation, zone, isolation }: MysqlServer): Finding[] {
  return [
    versionOf(version),
    charset === 'utf8mb4'
      ? ok(`字符集 ${charset}（${collation}）`, `character set ${charset} (${collation})`)
      : problem(
          { zh: `数据库的字符集是 ${charset}`, en: `the database's character set is ${charset}` },
          { zh: 'ALTER DATABASE … CHARACTER SET utf8mb4', en: 'ALTER DATABASE … CHARACTER SET utf8mb4' },
        ),
    ISOLATIONS.includes(isolation)
      ? ok(`事务隔离级别 ${isolation}`, `transaction isolation ${isolation}`)
      : problem(
          { zh: `事务隔离级别是 ${isolation}`, en: `transaction isolation is ${isolation}` },
          { zh: '改为 REPEATABLE-READ（MySQL 的默认值）', en: "set it to MySQL's default, REPEATABLE-READ" },
        ),
    ok(`时区 ${zone}：时间都由程序以 UTC 写入，不受影响`, `time zone ${zone}; times are written by the server, in UTC`),
  ];
}

function versionOf(version: string): Finding {
  const isOld = Number.parseInt(version, 10) < OLDEST_MYSQL;
  if (/mariadb/i.test(version) || isOld) {
    const what = { zh: `数据库是 ${version}`, en: `the database is ${version}` };
    return warning(what, { zh: '只在 MySQL 8 及更新版本上测试过', en: 'tested with MySQL 8 and newer only' });
  }
  return ok(`MySQL ${version}`, `MySQL ${version}`);
}

async function readClock(dataSource: DataSource): Promise<ClockReading> {
  const before = Date.now();
  const [{ now }] = await dataSource.query<[{ now: string }]>(
    "SELECT DATE_FORMAT(UTC_TIMESTAMP(3), '%Y-%m-%dT%H:%i:%s.%f') AS now",
  );
  const time = new Date(`${now.slice(0, 23)}Z`);
  return { whose: { zh: '数据库', en: 'the database' }, time, before, after: Date.now() };
}

import 'reflect-metadata';
import { entities } from './entities.js';
import { loadEnvironment } from './platform/config/load-environment.js';
import { createDataSource, dataSourceOptions } from './platform/database/data-source.js';
import { hasPendingMigrations, migrate } from './platform/database/schema-state.js';
import { explainStartFailure } from './platform/observability/start-failure.js';

const USAGE = `用法 / Usage: npm run migrate [run|status]
  run     执行尚未执行的迁移（默认）/ runs what is pending (the default)
  status  只查看是否有待执行的迁移，有则退出码为 1 / only says whether anything is pending; exit code 1 if so
`;

const [command = 'run'] = process.argv.slice(2);
if (command !== 'run' && command !== 'status') {
  process.stderr.write(USAGE);
  process.exit(1);
}
try {
  const dataSource = await createDataSource(dataSourceOptions(loadEnvironment(), entities)).initialize();
  if (command === 'run') {
    const names = await migrate(dataSource);
    const done = names.length ? names.join('\n') : '数据库结构已是最新 / The schema is up to date';
    process.stdout.write(`${done}\n`);
  } else {
    const isPending = await hasPendingMigrations(dataSource);
    process.stdout.write(
      isPending ? '有待执行的迁移 / Migrations are pending\n' : '数据库结构已是最新 / The schema is up to date\n',
    );
    process.exitCode = isPending ? 1 : 0;
  }
  await dataSource.destroy();
} catch (error) {
  explainStartFailure(error);
}

// npm run migrate [run|status]: brings the database of DATABASE_URL (or the embedded one) to this version's schema.
import { command, runNode } from './platform/processes.mjs';
import { loadEnvFile, prepare, requireNode } from './prepare.mjs';

await command(async () => {
  requireNode();
  loadEnvFile();
  await prepare();
  const { code } = await runNode(['--enable-source-maps', 'dist/src/migrate.js', ...process.argv.slice(2)]);
  return code;
});

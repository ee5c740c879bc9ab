// npm run cli -- COMMAND: the command line of the compiled server.
import { command, runNode } from './platform/processes.mjs';
import { loadEnvFile, prepare, requireNode } from './prepare.mjs';

await command(async () => {
  requireNode();
  loadEnvFile();
  await prepare();
  const { code } = await runNode(['--enable-source-maps', 'dist/src/cli.js', ...process.argv.slice(2)]);
  return code;
});

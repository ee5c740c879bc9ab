// What 工具 → 构建 npm of WeChat DevTools does, so that the project opens ready to run: the SDK into miniprogram_npm.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: ['../sdk/src/index.ts'],
  outfile: 'miniprogram/miniprogram_npm/@wx-login/sdk/index.js',
  bundle: true,
  minify: true,
  charset: 'utf8',
  format: 'cjs',
  target: 'es2018',
  logLevel: 'warning',
});

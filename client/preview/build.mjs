// Bundles the preview's own server; what the browser gets is made while it runs, so that edits are seen at once.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/main.ts'],
  absWorkingDir: import.meta.dirname,
  outfile: 'dist/main.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server replaces it by a fresh one in every answer (src/app.web.ts). */
const CSP_NONCE = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: CSP_NONCE },
  build: { outDir: 'dist', manifest: true, target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});

import { Bundler } from './bundle/bundler.js';
import { startPreview } from './server/preview-server.js';

const HELP = `node client/preview/dist/main.js
  在浏览器里运行示例小程序。Runs the demo mini-program in a browser.

  PREVIEW_PORT=3002                               端口 · port
  PREVIEW_SERVER_URL=http://127.0.0.1:3000        wx-login 服务端 · the server
  PREVIEW_SIMULATOR_URL=http://127.0.0.1:3001     微信模拟器 · the WeChat simulator
`;

async function serve(): Promise<void> {
  const {
    PREVIEW_PORT: port = '3002',
    PREVIEW_SERVER_URL: serverUrl = 'http://127.0.0.1:3000',
    PREVIEW_SIMULATOR_URL: simulatorUrl = 'http://127.0.0.1:3001',
  } = process.env;
  const preview = await startPreview({ port: Number(port), serverUrl, simulatorUrl, files: new Bundler() });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void preview.close());
  console.log(`小程序预览已就绪 · preview ready: ${preview.url}`);
}

if (process.argv.includes('--help')) console.log(HELP);
else await serve();

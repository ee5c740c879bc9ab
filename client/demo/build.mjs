// What 工具 → 构建 npm of WeChat DevTools does, so that the project opens ready to run: the SDK into miniprogram_npm.
import { mkdirSync, writeFileSync } from 'node:fs';
import { bundle } from '../sdk/bundle.mjs';

const folder = new URL('miniprogram/miniprogram_npm/@wx-login/sdk/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('index.js', folder), `${(await bundle()).commonJs}\n`);

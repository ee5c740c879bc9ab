#!/usr/bin/env node
import { HELP, explain, readArguments, readEnvironment } from './command-line.js';
import { isLoopback } from './http/loopback.js';
import { startSimulator, type SimulatorOptions } from './simulator.js';

async function serve(options: SimulatorOptions & { host: string }): Promise<void> {
  const simulator = await startSimulator(options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
  if (!isLoopback(options.host)) {
    console.warn(`警告 / warning: ${options.host} 可被网络访问 · anyone on the network can use the control door`);
  }
  console.log(`微信模拟器已就绪 · WeChat simulator ready: ${simulator.url}`);
}

try {
  if (readArguments(process.argv.slice(2)).help) console.log(HELP);
  else await serve(readEnvironment(process.env));
} catch (error) {
  console.error(`wechat-simulator: ${explain(error)}`);
  process.exitCode = 1;
}

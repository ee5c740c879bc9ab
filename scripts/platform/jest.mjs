// Jest, run and counted the way every test command closes: "N passed, N failed".
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './processes.mjs';
import { say, Trouble } from './say.mjs';

const JEST = 'node_modules/jest/bin/jest.js';

/** What is counted for tests that could not even begin. */
export const NOTHING = { passed: 0, failed: 1, skipped: 0 };

/** null where Jest wrote no report: it crashed, or was asked for something other than tests. */
export async function runJest(args, variables) {
  const folder = mkdtempSync(join(tmpdir(), 'wx-login-jest-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const report = join(folder, 'report.json');
  const env = { NODE_ENV: 'test', ...variables };
  const { code } = await runNode([JEST, '--json', `--outputFile=${report}`, ...args], { env });
  return { code, report: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null };
}

/** Files that broke count as failures, and so does a run of no test at all. */
export function count({ code, report }) {
  if (!report) return NOTHING;
  const passed = report.numPassedTests;
  const failed = report.numFailedTests + report.testResults.filter(isBroken).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  if (failed > 0 || (passed > 0 && code === 0)) return { passed, failed, skipped };
  if (passed > 0) say('Jest 以错误结束，计为失败。', 'Jest ended with an error: that is a failure.');
  else say('没有运行任何测试，计为失败。', 'no test ran: that is a failure.');
  return { passed, failed: 1, skipped };
}

/** Prints the closing line of `test`, whatever happened in it, and returns the exit code. */
export async function closingLine(test) {
  const counts = await test().catch((error) => {
    console.error(error instanceof Trouble ? error.message : error);
    return NOTHING;
  });
  const { passed, failed, skipped } = counts;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
}

/** A file that failed though none of its tests did: it did not compile, or its set-up or clean-up threw. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

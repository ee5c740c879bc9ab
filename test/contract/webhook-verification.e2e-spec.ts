import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '../support/built-program.js';
import { registered } from '../support/password-users.js';
import type { Received } from '../support/webhook-receiver.js';
import { WebhookScene } from '../support/webhooks.js';

const BLOCK = /<!-- verification:begin -->\n```js\n(.*?)```\n<!-- verification:end -->/s;
const ASK = `
import { isGenuine } from './verification.mjs';
const cases = JSON.parse(process.argv[2]);
console.log(JSON.stringify(cases.map(({ headers, body, secret, now }) => isGenuine(headers, body, secret, now))));
`;

/** What the code in docs/webhooks.md says about requests. */
async function verdicts(cases: { headers: Received['headers']; body: string; secret: string; now: number }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'wx-login-verification-'));
  try {
    const [, code = ''] = BLOCK.exec(readFileSync('docs/webhooks.md', 'utf8')) ?? [];
    writeFileSync(join(folder, 'verification.mjs'), code);
    writeFileSync(join(folder, 'ask.mjs'), ASK);
    const { stdout, stderr } = await startNode([join(folder, 'ask.mjs'), JSON.stringify(cases)]).ended;
    expect(stderr).toBe('');
    return JSON.parse(stdout) as boolean[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('The code in docs/webhooks.md that verifies a webhook', () => {
  let scene: WebhookScene;
  beforeAll(async () => {
    scene = await WebhookScene.start();
  });
  afterAll(() => scene?.close());

  it('takes what this server sends, and nothing that is old, changed or signed by others', async () => {
    const { id, secret } = await scene.create();
    await registered(scene.test);
    await scene.deliver();
    const rotated = await scene.admin.ask<{ secret: string }>('POST', `/webhooks/${id}/rotate-secret`);
    await registered(scene.test);
    await scene.deliver();

    const [first, second] = scene.receiver.received.map(({ headers, body, timestamp }) => ({
      ...{ headers, body, secret, now: timestamp },
    }));
    const other = rotated.body.secret;
    expect(
      await verdicts([
        ...[first!, { ...first!, now: first!.now + 300 }, second!, { ...second!, secret: other }],
        ...[
          { ...first!, now: first!.now + 301 },
          { ...first!, body: `${first!.body} ` },
          { ...first!, secret: other },
        ],
      ]),
    ).toEqual([true, true, true, true, false, false, false]);
  });
});

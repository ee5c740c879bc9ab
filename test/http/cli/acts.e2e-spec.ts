import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { runCommand } from '../../support/command-line.js';
import { eventually } from '../../support/eventually.js';
import { outcome } from '../../support/outcome.js';
import { login, PASSWORD, registered, WRONG_PASSWORD } from '../../support/password-users.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

describe('The command line beside a running server', () => {
  let test: TestApp;
  let folder: string;
  beforeAll(async () => {
    test = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'wx-login-cli-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test?.close();
  });

  const cli = (args: string[], input?: string) => runCommand(test, args, input);
  const me = (token: string) => test.client.get('/api/v1/users/me', { token });
  const events = (type: string) =>
    test.dataSource.query<Record<string, unknown>[]>('SELECT * FROM audit_events WHERE type = ?', [type]);
  const adminTokens = async (username: string): Promise<TokensDto> => (await login(test, { username })).body;

  it('sessions end is felt by the server within a second', async () => {
    const [first, { user, accessToken }] = [await registered(test), await registered(test)];

    const { code, stdout } = await cli(['sessions', 'end', user.id, '--yes']);
    const tookMs = await eventually(async () => (await me(accessToken)).status === 401, 5_000);

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(user.id) as string });
    expect(tookMs).toBeLessThan(1_000);
    expect(outcome(await me(first.accessToken))).toBe('200');
  });

  it('sessions end ends one of several, and lists the others', async () => {
    const { user, sessionId, accessToken } = await registered(test);
    const second = (await login(test, { username: user.username })).body;

    const ended = await cli(['sessions', 'end', user.username!, sessionId, '-y']);
    await eventually(async () => (await me(accessToken)).status === 401, 5_000);
    const listed = await cli(['sessions', 'list', user.username!, '--json']);

    expect(ended.code).toBe(0);
    expect(outcome(await me(second.accessToken))).toBe('200');
    expect((JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id)).toEqual([second.sessionId]);
  });

  it('users ban keeps somebody out within a second, and unban lets them in again', async () => {
    const { user, accessToken } = await registered(test);
    const username = user.username!;

    const banned = await cli(['users', 'ban', username, '--reason', 'spam', '--until', '2999-01-01', '--yes']);
    const tookMs = await eventually(async () => (await me(accessToken)).status === 401, 5_000);
    const kept = outcome(await login(test, { username }));
    const unbanned = await cli(['users', 'unban', username]);

    expect([banned.code, unbanned.code]).toEqual([0, 0]);
    expect(tookMs).toBeLessThan(1_000);
    expect(kept).toBe('403 users.banned');
    expect(outcome(await login(test, { username }))).toBe('200');
  });

  it('asks before it bans, and does nothing when nobody can answer', async () => {
    const { user, accessToken } = await registered(test);

    const { code, stderr } = await cli(['users', 'ban', user.id, '--reason', 'spam']);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--yes') as string });
    expect(outcome(await me(accessToken))).toBe('200');
  });

  it('users unlock ends the wait after wrong passwords', async () => {
    const { user } = await registered(test);
    const username = user.username!;
    for (let attempt = 0; attempt < 5; attempt++) await login(test, { username, password: WRONG_PASSWORD });
    const waiting = outcome(await login(test, { username }));

    const { code } = await cli(['users', 'unlock', username]);

    expect(code).toBe(0);
    expect(waiting).toBe('429 auth.too_many_attempts');
    test.clock.advance({ seconds: 2 }); // so long a process may remember a refusal
    expect(outcome(await login(test, { username }))).toBe('200');
  });

  it('admin create makes an admin with the password from stdin, who may then do what admins do', async () => {
    const { code, stdout, stderr } = await cli(['admin', 'create', 'Boss01'], `${PASSWORD}\n`);
    const { accessToken } = await adminTokens('boss01');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain(PASSWORD);
    expect(outcome(await test.client.get('/api/v1/admin/users', { token: accessToken }))).toBe('200');
  });

  it('admin create raises a user who is there, and says so of one who is an admin already', async () => {
    const { user } = await registered(test);

    const raised = await cli(['admin', 'create', user.id]);
    const again = await cli(['admin', 'create', user.username!]);
    const { accessToken } = await adminTokens(user.username!);

    expect([raised.code, again.code]).toEqual([0, 0]);
    expect(again.stdout).toContain('is an admin already');
    expect(outcome(await test.client.get('/api/v1/admin/users', { token: accessToken }))).toBe('200');
  });

  it('admin create shows a password that it made once, and it works', async () => {
    const { stdout } = await cli(['admin', 'create', 'Boss02', '--generate']);
    const password = stdout.trim().split('\n').at(-1)!;

    expect(outcome(await login(test, { username: 'Boss02', password }))).toBe('200');
  });

  it('refuses a weak password with the rules it breaks, and makes nobody', async () => {
    const { code, stderr } = await cli(['admin', 'create', 'Boss03'], 'hunter2\n');

    expect(code).toBe(1);
    expect(stderr).toContain('upper-case');
    expect(stderr).not.toContain('hunter2');
    expect(outcome(await login(test, { username: 'Boss03', password: 'hunter2' }))).toMatch(/^401/);
  });

  it('users export gives everything that is stored about somebody, to stdout or to a new file', async () => {
    const { user } = await registered(test);
    const path = join(folder, 'export.json');

    const shown = await cli(['users', 'export', user.id]);
    const written = await cli(['users', 'export', user.username!, '--output', path]);
    const again = await cli(['users', 'export', user.username!, '--output', path]);

    expect([shown.code, written.code, again.code]).toEqual([0, 0, 2]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ userId: user.id });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ userId: user.id });
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(shown.stdout).not.toContain('$2b$');
  });

  it('users erase erases somebody, and every process refuses their tokens', async () => {
    const { user, accessToken } = await registered(test);

    const { code, stdout } = await cli(['users', 'erase', user.username!, '--yes']);
    const tookMs = await eventually(async () => (await me(accessToken)).status === 401, 5_000);

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.not.stringContaining(user.username!) as string });
    expect(tookMs).toBeLessThan(1_000);
    expect((await cli(['users', 'unlock', user.id])).stderr).toContain('no such user');
  });

  it('keys rotate publishes the next key, and keys revoke ends one at once', async () => {
    const { accessToken } = await registered(test);
    const [signing] = JSON.parse((await cli(['keys', 'list', '--json'])).stdout) as { kid: string }[];

    const rotated = await cli(['keys', 'rotate']);
    const listed = JSON.parse((await cli(['keys', 'list', '--json'])).stdout) as { state: string }[];
    const revoked = await cli(['keys', 'revoke', signing!.kid, '--yes']);
    const tookMs = await eventually(async () => (await me(accessToken)).status === 401, 5_000);
    const unknown = await cli(['keys', 'revoke', signing!.kid, '--yes']);

    expect([rotated.code, revoked.code, unknown.code]).toEqual([0, 0, 1]);
    expect(listed.map(({ state }) => state).sort()).toEqual(['published', 'signing']);
    expect(tookMs).toBeLessThan(1_000);
    expect(outcome(await me((await registered(test)).accessToken))).toBe('200');
  });

  it.each([
    [['users', 'unlock', 'nobody99'], 1, 'no such user'],
    [['users', 'ban', '404404', '--reason', 'x', '--yes'], 1, 'no such user'],
    [['users', 'ban', '1'], 2, '--reason'],
    [['users', 'ban', '1', '--reason', 'x', '--until', 'soon'], 2, 'ISO 8601'],
    [['users', 'forget'], 2, "unknown command 'forget'"],
    [['sessions', 'end', '1', 'all'], 2, 'id of a session'],
    [['admin', 'create', 'x'], 2, '3 to 20'],
  ])('%j ends with %i and says why', async (args, code, why) => {
    const ended = await cli(args);

    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(why) as string });
  });

  it('leaves a trail that names the command line as who acted', async () => {
    const rows = await Promise.all(
      ['user.banned', 'admin.sessions_ended', 'user.role_changed', 'user.unlocked'].map(events),
    );

    for (const row of rows.flat()) expect(row).toMatchObject({ actor_id: null, detail: expect.anything() as unknown });
    const details = rows
      .flat()
      .map(({ detail }) => (typeof detail === 'string' ? JSON.parse(detail) : detail) as object);
    expect(details.length).toBeGreaterThanOrEqual(6);
    for (const detail of details) expect(detail).toMatchObject({ actor: 'cli' });
  });
});

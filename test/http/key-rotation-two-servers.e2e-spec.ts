import jwt from 'jsonwebtoken';
import { KeyRotation } from '../../src/auth/keys/key-rotation.js';
import { SigningKey } from '../../src/auth/keys/signing-key.entity.js';
import type { TokensDto } from '../../src/auth/dto/tokens.dto.js';
import { whoAmI } from '../support/caller.js';
import { eventually } from '../support/eventually.js';
import { outcome } from '../support/outcome.js';
import { registered } from '../support/password-users.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { describeTwoServers } from '../support/two-servers.js';

const DEADLINE_MS = 10_000;
const PUBLISHED_SECONDS = 600;
const CLIENTS = 8;
const ROTATIONS = 3;

describeTwoServers('signing keys on two servers', () => {
  let servers: [TestApp, TestApp];
  beforeAll(async () => {
    const here = await startTestApp();
    servers = [here, await here.sibling()];
  });
  afterAll(async () => {
    for (const server of servers?.toReversed() ?? []) await server.close();
  });

  const kidOf = ({ accessToken }: TokensDto) => jwt.decode(accessToken, { complete: true })!.header.kid!;
  const anyServer = () => servers[Math.random() < 0.5 ? 0 : 1];

  it('are rotated again and again under load, by both at once, and not one request is refused', async () => {
    const refused: string[] = [];
    const kids = new Set<string>();
    let isOver = false;
    let requests = 0;
    const client = async () => {
      for (let tokens = await registered(servers[0]); !isOver;) {
        kids.add(kidOf(tokens));
        for (let i = 0; i < 3; i++) {
          const answer = outcome(await whoAmI(anyServer(), tokens.accessToken));
          requests++;
          if (answer !== '200') refused.push(answer);
        }
        const { status, body } = await anyServer().client.refresh(tokens.refreshToken);
        if (status !== 200) refused.push(`refresh ${status}`);
        else tokens = body;
      }
    };
    const load = Promise.all(Array.from({ length: CLIENTS }, client));

    const both = servers.map(({ app }) => app.get(KeyRotation));
    const rotateOften = async () => {
      for (let round = 0; round < ROTATIONS; round++) await rotateOnce(round);
    };
    const rotateOnce = async (round: number) => {
      await Promise.all(both.map((rotation) => rotation.rotate()));
      servers[0].clock.advance({ seconds: PUBLISHED_SECONDS / 2 }); // tokens live on meanwhile
      servers[0].clock.advance({ seconds: PUBLISHED_SECONDS / 2 });
      await Promise.all(both.map((rotation) => rotation.tend()));
      await eventually(() => kids.size >= round + 2, DEADLINE_MS);
    };
    await rotateOften().finally(() => (isOver = true));
    await load;

    expect(refused).toEqual([]);
    expect(requests).toBeGreaterThan(50);
    expect(kids.size).toBe(ROTATIONS + 1);
  });

  it('are revoked on one server, and refused by the other in under a second', async () => {
    const [here, there] = servers;
    const took: number[] = [];
    for (let i = 0; i < 5; i++) {
      const tokens = await registered(there);
      expect(outcome(await whoAmI(there, tokens.accessToken))).toBe('200');
      await here.app.get(KeyRotation).revoke(kidOf(tokens));
      const isRefused = async () =>
        outcome(await whoAmI(there, tokens.accessToken)) === '401 auth.access_token_invalid';
      took.push(await eventually(isRefused, DEADLINE_MS));
      const { body } = await here.client.refresh(tokens.refreshToken);
      expect(outcome(await whoAmI(there, body.accessToken))).toBe('200'); // at once, though the key is a moment old
    }

    expect(took.sort((a, b) => a - b)[2]).toBeLessThan(1_000); // of five: a busy machine may hold up one or two
  });

  it('are one key when both start at once on an empty database, and no token is refused', async () => {
    const [here] = servers;
    for (let round = 0; round < 3; round++) {
      await here.dataSource.getRepository(SigningKey).clear();
      const started = await Promise.all([here.sibling(), here.sibling(), here.sibling()]);

      const tokens = await Promise.all(started.map((server) => registered(server)));
      const answers = await Promise.all(
        started.flatMap((server) => tokens.map(({ accessToken }) => whoAmI(server, accessToken))),
      );

      expect(answers.map(outcome)).toEqual(Array(9).fill('200'));
      expect(new Set(tokens.map(kidOf)).size).toBe(1);
      await Promise.all(started.map((server) => server.close()));
    }
  });
});

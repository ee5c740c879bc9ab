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

const DEADLINE_MS = 20_000;
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
    const kids: string[] = []; // that signed the newest token of each client
    let isOver = false;
    let requests = 0;
    const use = async (tokens: TokensDto): Promise<TokensDto> => {
      for (let i = 0; i < 3; i++, requests++) {
        const answer = outcome(await whoAmI(anyServer(), tokens.accessToken));
        if (answer !== '200') refused.push(answer);
      }
      const renewed = await anyServer().client.refresh(tokens.refreshToken);
      if (renewed.status !== 200) refused.push(outcome(renewed));
      return renewed.status === 200 ? renewed.body : tokens;
    };
    const client = async (n: number) => {
      for (let tokens = await registered(servers[0]); !isOver; tokens = await use(tokens)) kids[n] = kidOf(tokens);
    };
    const load = Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));

    const both = servers.map(({ app }) => app.get(KeyRotation));
    const rotate = async () => {
      const [next] = await Promise.all(both.map((rotation) => rotation.rotate()));
      servers[0].clock.advance({ seconds: PUBLISHED_SECONDS }); // the tokens in use live on
      await Promise.all(both.map((rotation) => rotation.tend()));
      const haveAll = () => refused.length > 0 || kids.filter((kid) => kid === next!.kid).length === CLIENTS;
      await eventually(haveAll, DEADLINE_MS);
    };
    try {
      for (let round = 0; round < ROTATIONS; round++) await rotate();
    } finally {
      isOver = true;
      await load;
    }

    expect(refused).toEqual([]);
    expect(requests).toBeGreaterThan(50);
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

import type { CredentialsDto } from '../../../src/auth/account/dto/credentials.dto.js';
import { Person } from '../../support/access/person.js';
import { type Asked, type Role, ROLES } from '../../support/access/rows.js';
import { ACCESS } from '../../support/access/table.js';
import { OwnAccount } from '../../support/accounts.js';
import { Admin } from '../../support/admins.js';
import { whoAmI } from '../../support/caller.js';
import type { Answer } from '../../support/http-client.js';
import { outcome } from '../../support/outcome.js';
import { isPage, routesOf } from '../../support/routes.js';
import { Service } from '../../support/services.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';

jest.setTimeout(60_000);

describe('every route', () => {
  let test: TestApp;
  let bystander: Person;
  let untouched: CredentialsDto;
  let banned: Person;
  let closed: Record<'user' | 'admin', Person>;
  let service: Service;
  beforeAll(async () => {
    test = await startTestApp();
    bystander = await Person.start(test);
    untouched = await new OwnAccount(test, bystander.tokens).credentials();
    banned = await Person.start(test);
    closed = { user: await Person.start(test), admin: await Person.startAdmin(test) };
    const head = await Admin.start(test);
    await head.ban(banned.id);
    service = await Service.register(test, head);
  });
  afterAll(() => test?.close());

  async function ask(route: string, { params = {}, query = '', body, headers }: Asked): Promise<Answer<unknown>> {
    const [method = '', path = ''] = route.split(' ');
    const named = path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? `no-${name}`);
    return test.client.send<unknown>(method, named + query, { body, headers });
  }

  /** Somebody of this role: made for this question where the door opens, as it may change them. */
  async function personOf(role: Role, isLetIn: boolean): Promise<Person> {
    if (role === 'banned') return banned;
    if (role === 'admin') return isLetIn ? Person.startAdmin(test) : closed.admin;
    return isLetIn ? Person.start(test) : closed.user;
  }

  const credentialOf = (role: Role, person: Person): Record<string, string> => {
    if (role === 'anonymous') return {};
    if (role === 'service')
      return { authorization: `Basic ${Buffer.from(`${service.id}:${service.secret}`).toString('base64')}` };
    return person.bearer;
  };

  it('of the router has a row in the table, and each row a route', () => {
    // HEAD is as closed as GET (closed-by-default), production has no documentation, and the web page is for everyone.
    const api = routesOf(test).filter((route) => !isPage(route));
    const routes = api.filter(({ method, path }) => method !== 'HEAD' && !path.startsWith('/docs'));

    expect(routes.length).toBeGreaterThan(50);
    expect(Object.keys(ACCESS).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('that names a thing of the caller says what a stranger gets', () => {
    const silent = Object.entries(ACCESS).filter(([route, { statuses, stranger }]) => {
      const isCallers = statuses.anonymous === 401 && statuses.user < 400;
      return isCallers && route.includes(':') && stranger === null;
    });

    expect(silent.map(([route]) => route)).toEqual([]);
  });

  it.each(Object.entries(ACCESS))('%s', async (route, { statuses, stranger, ask: askAbout }) => {
    const answers: Record<string, string> = {};
    for (const role of ROLES) {
      const isLetIn = ![401, 403].includes(statuses[role]);
      const person = await personOf(role, isLetIn);
      const isAboutAnother = role === 'admin' && route.includes('/admin/') && isLetIn;
      const asked = await askAbout(isAboutAnother ? await Person.start(test) : person);
      const headers = { ...asked.headers, ...credentialOf(role, person) };
      answers[role] = outcome(await ask(route, { ...asked, headers }));
    }
    if (stranger !== null) {
      const asked = await askAbout(bystander);
      answers.stranger = outcome(await ask(route, { ...asked, headers: { ...asked.headers, ...closed.user.bearer } }));
    }

    const expected: Record<string, unknown> = {};
    for (const [who, status] of Object.entries({ ...statuses, ...(stranger !== null && { stranger }) }))
      expected[who] = expect.stringMatching(new RegExp(`^${status}`));
    expect(answers).toEqual(expected);
    for (const { accessToken } of [bystander.tokens, bystander.second])
      expect((await whoAmI(test, accessToken)).body).toEqual(bystander.tokens.user);
    expect(await new OwnAccount(test, bystander.tokens).credentials()).toEqual(untouched);
  });
});

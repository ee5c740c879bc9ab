import type { TokensDto } from '../../../src/auth/dto/tokens.dto.js';
import { freshUsername, PASSWORD } from '../password-users.js';
import type { TestApp } from '../test-app.js';
import { loginWithWechat } from '../wechat-phone.js';

/** Somebody with one of everything that a route may be about. */
export class Person {
  private constructor(
    private readonly test: TestApp,
    readonly username: string,
    /** Of the session that asks. */
    readonly tokens: TokensDto,
    /** Another session of the same person. */
    readonly second: TokensDto,
  ) {}

  static async start(test: TestApp): Promise<Person> {
    const username = freshUsername();
    const { accessToken } = (await loginWithWechat(test, username)).body;
    const wish = { username, password: PASSWORD };
    const { status } = await test.client.post('/api/v1/users/me/username', wish, { token: accessToken });
    if (status !== 204) throw new Error(`Choosing a username was answered ${status}`);
    return new Person(test, username, await Person.login(test, username), await Person.login(test, username));
  }

  static async startAdmin(test: TestApp): Promise<Person> {
    const { username, second } = await Person.start(test);
    await test.dataSource.query(`UPDATE users SET role = 'admin' WHERE id = ?`, [second.user.id]);
    return new Person(test, username, await Person.login(test, username), await Person.login(test, username));
  }

  get id(): string {
    return this.tokens.user.id;
  }

  get bearer(): Record<string, string> {
    return { authorization: `Bearer ${this.tokens.accessToken}` };
  }

  /** What `wx.login` gives in the person's mini-program. */
  code(): Promise<string> {
    return this.test.wechat.code(this.username);
  }

  phoneCode(): Promise<string> {
    return this.test.wechat.phoneCode(this.username);
  }

  private static async login(test: TestApp, username: string): Promise<TokensDto> {
    const login = { username, password: PASSWORD };
    const { status, body } = await test.client.post<TokensDto>('/api/v1/auth/login', login);
    if (status !== 200) throw new Error(`Logging in was answered ${status}`);
    return body;
  }
}

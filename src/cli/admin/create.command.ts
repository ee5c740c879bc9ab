import { randomBytes } from 'node:crypto';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { BadUse } from '../command-failures.js';
import { Features } from '../features.js';
import { Prompt } from '../terminal/prompt.js';
import { Terminal } from '../terminal/terminal.js';
import { describeUser } from '../users/describe-user.js';
import { USER_ARGUMENT } from '../users/user-argument.js';
import type { AdminActs } from './admin-acts.js';

interface CreateOptions {
  email?: string;
  generate?: boolean;
}

const USERNAME = /^[A-Za-z0-9]{3,20}$/;
const PASSWORD_BYTES = 18;
const ALREADY = { zh: '已经是管理员', en: 'is an admin already' };
const RAISED = { zh: '已设为管理员，原有登录全部下线', en: 'made an admin, and signed out everywhere' };

@SubCommand({
  name: 'create',
  arguments: '<user>',
  argsDescription: USER_ARGUMENT,
  description:
    '新建管理员；用户已存在时把他设为管理员。密码在终端里输入（不回显）或来自 stdin\n' +
    'makes an admin, or makes an existing user one. The password is typed in the terminal, unseen, or read from stdin',
})
export class CreateAdminCommand extends CommandRunner {
  constructor(
    private readonly features: Features,
    private readonly terminal: Terminal,
    private readonly prompt: Prompt,
  ) {
    super();
  }

  async run([name = '']: string[], options: CreateOptions): Promise<void> {
    await this.features.use(loadActs, async (acts) => {
      const known = await acts.find(name);
      if (known?.role === 'admin') return this.terminal.say(ALREADY, describeUser(known));
      if (!known) return this.create(acts, name, options);
      await acts.raise(known);
      this.terminal.say(RAISED, describeUser(known));
    });
  }

  @Option({ flags: '-e, --email <address>', description: '新管理员的邮箱 · the new admin’s e-mail address' })
  readEmail(text: string): string {
    if (/^[^\s@]+@[^\s@]+$/.test(text)) return text;
    throw new BadUse({ zh: '--email 不是邮箱地址', en: '--email is no e-mail address' });
  }

  @Option({ flags: '-g, --generate', description: '生成密码，只显示这一次 · makes a password and shows it once' })
  isGenerated(): boolean {
    return true;
  }

  private async create(acts: AdminActs, username: string, { email, generate }: CreateOptions): Promise<void> {
    if (!USERNAME.test(username))
      throw new BadUse({ zh: '用户名须为 3–20 位字母或数字', en: 'a username has 3 to 20 letters and digits' });
    const password = generate ? newPassword() : await this.prompt.newPassword();
    const user = await acts.create({ username, password, email });
    this.terminal.say({ zh: '已新建管理员', en: 'made an admin' }, describeUser(user));
    if (generate) this.terminal.print(password);
  }
}

// Random, with the kinds of characters that the policy asks for.
function newPassword(): string {
  return `${randomBytes(PASSWORD_BYTES).toString('base64url')}-aA1`;
}

const loadActs = async () => (await import('./admin-acts.js')).AdminActs;

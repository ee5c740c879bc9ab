import { CommandFactory } from 'nest-commander';
import { readFileSync } from 'node:fs';
import { CliModule } from '../../src/cli/cli.module.js';
import { prepared } from '../../src/cli/command-line.js';
import { type CommanderCommand, CommandTree } from '../../src/cli/command-tree.js';

const documented = readFileSync('docs/cli.md', 'utf8');
const sections = [...documented.matchAll(/^### (.+)\n\n```text\n([\s\S]+?)```$/gm)].map(([, name, help]) => [
  name,
  help,
]);

const pathOf = (command: CommanderCommand): string[] =>
  command.parent ? [...pathOf(command.parent), command.name()] : [];

describe('docs/cli.md', () => {
  let commands: CommanderCommand[];
  beforeAll(async () => {
    const app = await CommandFactory.createWithoutRunning(CliModule, { logger: false });
    const tree = app.get(CommandTree);
    prepared(tree);
    commands = tree.all().filter(({ parent, commands: own }) => parent && !own.length);
    await app.close();
  });

  it('shows the help of every command as it is, and of no other', () => {
    expect(sections).toEqual(commands.map((command) => [pathOf(command).join(' '), command.helpInformation()]));
  });

  it('every command says in Chinese and in English what it does', () => {
    const descriptions = commands.flatMap((command) => [
      command.description(),
      ...command.options.map(({ description }) => description),
    ]);

    for (const description of descriptions)
      expect(description).toMatch(/\p{Script=Han}[\s\S]*( · |\n)[\s\S]*[a-z]{3}/u);
  });

  it('takes no password as an argument or option', () => {
    const names = commands.flatMap((command) => command.options.map(({ long }) => long));

    expect(names.filter((name) => /pass|secret|token/i.test(name ?? ''))).toEqual([]);
  });
});

import type { CommanderCommand } from './command-tree.js';

type HelpConfiguration = ReturnType<CommanderCommand['configureHelp']>;
type Help = ReturnType<CommanderCommand['createHelp']>;
type Entry = [term: string, description: string];

const COLUMN = 26;

/** How the help of every command reads: Chinese first, no word of commander's own. */
export const HELP: HelpConfiguration = { formatHelp };

function formatHelp(command: CommanderCommand, help: Help): string {
  const sections: [string, Entry[]][] = [
    ['参数 · Arguments', help.visibleArguments(command).map((each) => [each.name(), each.description])],
    ['命令 · Commands', help.visibleCommands(command).map((each) => [help.subcommandTerm(each), each.description()])],
    ['选项 · Options', help.visibleOptions(command).map((each) => [each.flags, each.description])],
  ];
  return [
    `用法 · Usage: ${help.commandUsage(command)}`,
    ...(command.description() ? [command.description()] : []),
    ...sections.filter(([, entries]) => entries.length).map(([title, entries]) => `${title}\n${list(entries)}`),
  ]
    .join('\n\n')
    .concat('\n');
}

function list(entries: Entry[]): string {
  return entries.map(([term, description]) => line(term, description)).join('\n');
}

function line(term: string, description: string): string {
  if (!description) return `  ${term}`;
  const lines = description.split('\n').join(`\n${' '.repeat(COLUMN + 2)}`);
  return term.length < COLUMN ? `  ${term.padEnd(COLUMN)}${lines}` : `  ${term}\n${' '.repeat(COLUMN + 2)}${lines}`;
}

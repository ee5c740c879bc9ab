import { CommandFactory } from 'nest-commander';
import { CliModule } from './cli.module.js';
import { type CommanderCommand, CommandTree } from './command-tree.js';
import { explainFailure, EXIT } from './command-failures.js';
import { HELP } from './help.js';

/** Runs one command to its end; returns the exit code. Nothing of the server is loaded before a command needs it. */
export async function runCommandLine(args: string[]): Promise<number> {
  const app = await CommandFactory.createWithoutRunning(CliModule, { logger: false });
  try {
    await prepared(app.get(CommandTree)).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return explainFailure(error);
  } finally {
    await app.close();
  }
}

/** The command tree, telling its help and its complaints in this program's own way. */
export function prepared(tree: CommandTree): CommanderCommand {
  tree.root.name('npm run cli --').description('wx-login 的命令行 · the command line of wx-login');
  for (const command of tree.all()) configure(command);
  return tree.root;
}

// Commands that are made apart from their parent inherit none of its settings.
function configure(command: CommanderCommand): void {
  command
    .helpOption('-h, --help', '显示帮助 · shows this help')
    .addHelpCommand(false)
    .allowExcessArguments(command.commands.length > 0) // where it is an unknown command, and told as one
    .configureHelp(HELP)
    .configureOutput({ outputError: (message, write) => write(complaint(command, message)) })
    .exitOverride((error) => {
      throw error;
    });
}

function complaint(command: CommanderCommand, message: string): string {
  const names: string[] = [];
  for (let each: CommanderCommand | null = command; each; each = each.parent) names.unshift(each.name());
  return `用法有误 / Bad use: ${message.replace(/^error: /, '').trimEnd()}\n${names.join(' ')} --help\n`;
}

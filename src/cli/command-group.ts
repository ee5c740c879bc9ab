import { CommandRunner } from 'nest-commander';

/** A command that only holds others. */
export abstract class CommandGroup extends CommandRunner {
  run([name]: string[]): Promise<void> {
    return name === undefined ? this.command.help({ error: true }) : this.command.error(`unknown command '${name}'`);
  }
}

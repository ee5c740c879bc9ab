import { Injectable } from '@nestjs/common';
import { CommandRunner, InjectCommander } from 'nest-commander';

/** commander's own class, in the version that nest-commander brings along. */
export type CommanderCommand = Parameters<CommandRunner['setCommand']>[0];

/** The root of all commands, once nest-commander has hung them on it. */
@Injectable()
export class CommandTree {
  constructor(@InjectCommander() readonly root: CommanderCommand) {}

  /** The root and every command under it, each before its own. */
  all(command = this.root): CommanderCommand[] {
    return [command, ...command.commands.flatMap((each) => this.all(each))];
  }
}

import { Command } from 'nest-commander';
import { CommandGroup } from '../command-group.js';
import { BanCommand } from './ban.command.js';
import { EraseCommand } from './erase.command.js';
import { ExportCommand } from './export.command.js';
import { UnbanCommand } from './unban.command.js';
import { UnlockCommand } from './unlock.command.js';

const subCommands = [UnlockCommand, BanCommand, UnbanCommand, ExportCommand, EraseCommand];

@Command({ name: 'users', description: '管理用户 · looks after users', subCommands })
export class UsersCommand extends CommandGroup {}

export const USER_COMMANDS = [UsersCommand, ...subCommands];

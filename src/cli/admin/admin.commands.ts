import { Command } from 'nest-commander';
import { CommandGroup } from '../command-group.js';
import { CreateAdminCommand } from './create.command.js';

const subCommands = [CreateAdminCommand];

@Command({ name: 'admin', description: '管理员 · admins', subCommands })
export class AdminCommand extends CommandGroup {}

export const ADMIN_COMMANDS = [AdminCommand, ...subCommands];

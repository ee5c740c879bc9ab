import { Command } from 'nest-commander';
import { CommandGroup } from '../command-group.js';
import { EndSessionsCommand } from './end.command.js';
import { ListSessionsCommand } from './list.command.js';

const subCommands = [ListSessionsCommand, EndSessionsCommand];

@Command({ name: 'sessions', description: '管理登录的设备 · looks after signed-in devices', subCommands })
export class SessionsCommand extends CommandGroup {}

export const SESSION_COMMANDS = [SessionsCommand, ...subCommands];

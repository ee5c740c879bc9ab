import { Command } from 'nest-commander';
import { CommandGroup } from '../command-group.js';
import { ListKeysCommand } from './list-keys.command.js';
import { RevokeKeyCommand } from './revoke-key.command.js';
import { RotateKeysCommand } from './rotate-keys.command.js';

const subCommands = [ListKeysCommand, RotateKeysCommand, RevokeKeyCommand];

@Command({ name: 'keys', description: '访问令牌的签名密钥 · the keys that sign access tokens', subCommands })
export class KeysCommand extends CommandGroup {}

export const KEY_COMMANDS = [KeysCommand, ...subCommands];

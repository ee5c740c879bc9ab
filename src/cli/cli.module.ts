import { Module } from '@nestjs/common';
import { ADMIN_COMMANDS } from './admin/admin.commands.js';
import { CommandTree } from './command-tree.js';
import { DoctorCommand } from './doctor/doctor.command.js';
import { Features } from './features.js';
import { ImportCommand } from './import/import.command.js';
import { KEY_COMMANDS } from './keys/keys.commands.js';
import { SESSION_COMMANDS } from './sessions/sessions.commands.js';
import { Prompt } from './terminal/prompt.js';
import { Terminal } from './terminal/terminal.js';
import { USER_COMMANDS } from './users/users.commands.js';

/** All commands. None of them brings the server with it: whoever needs its features opens them when it runs. */
@Module({
  providers: [
    ...[CommandTree, Features, Prompt, Terminal],
    ...[DoctorCommand, ImportCommand, ...ADMIN_COMMANDS, ...USER_COMMANDS, ...SESSION_COMMANDS, ...KEY_COMMANDS],
  ],
})
export class CliModule {}

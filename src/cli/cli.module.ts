import { Module } from '@nestjs/common';
import { CommandTree } from './command-tree.js';
import { DoctorCommand } from './doctor/doctor.command.js';
import { Terminal } from './terminal/terminal.js';

/** All commands. None of them brings the server with it: whoever needs its features opens them when it runs. */
@Module({ providers: [CommandTree, Terminal, DoctorCommand] })
export class CliModule {}

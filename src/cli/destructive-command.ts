import { CommandRunner, Option } from 'nest-commander';

/** Options of a command that asks before it acts. */
export interface Confirmable {
  yes?: boolean;
}

/** A command that cannot be taken back, or hits people at once: it asks before it acts. */
export abstract class DestructiveCommand extends CommandRunner {
  @Option({ flags: '-y, --yes', description: '不再询问 · does not ask' })
  isConfirmed(): boolean {
    return true;
  }
}

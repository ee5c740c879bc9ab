import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, seen from its sources as well as from what was built of them. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

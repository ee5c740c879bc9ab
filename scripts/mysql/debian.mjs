// A real MySQL from Debian's packages.
import { join } from 'node:path';
import { debianTree, linkerOf } from '../platform/debian.mjs';

const MYSQL = {
  name: 'MySQL',
  packageName: 'mysql-server-core',
  notNeeded: /^(perl|libperl|libgdbm|libdb5)/, // Perl serves MySQL's helper scripts only.
  leftOut: ['./usr/bin/*'],
};

/** What starts the unpacked mysqld, or null on a machine that is not Debian. */
export async function debianMysqld() {
  const tree = await debianTree(MYSQL);
  return tree && program(tree);
}

function program(tree) {
  const { linker, folder } = linkerOf(tree);
  const mysqld = join(tree, 'usr/sbin/mysqld');
  const share = join(tree, 'usr/share/mysql');
  return {
    argv: [linker, '--library-path', `${folder}:${folder}/mysql/private`, '--argv0', mysqld, mysqld],
    flags: [
      `--basedir=${join(tree, 'usr')}`,
      `--plugin-dir=${join(tree, 'usr/lib/mysql/plugin')}`,
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${share}/charsets`,
    ],
  };
}

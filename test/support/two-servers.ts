import { isMysql } from './test-database.js';

/** For promises about several server processes on one database: SQLite is for one. */
export const describeTwoServers = isMysql ? describe : describe.skip;

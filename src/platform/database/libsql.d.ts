// libsql ships no types. Only what sqlite-driver.ts uses is declared.
declare module 'libsql' {
  export interface LibsqlStatement {
    readonly reader: boolean;
    all(parameters: unknown[]): Record<string, unknown>[];
    run(parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  }

  export default class Libsql {
    constructor(path: string, options: { timeout: number });
    defaultSafeIntegers(on: boolean): void;
    prepare(sql: string): LibsqlStatement;
    exec(sql: string): void;
    close(): void;
  }
}

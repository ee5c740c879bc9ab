import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { PhoneTakenError } from '../users.errors.js';
import type { ImportProblem, ImportRecord } from './import-record.js';
import { ImportStore } from './import-store.js';
import { keyOf, TakenNames } from './taken-names.js';

/** What became of one record. */
export type ImportOutcome = 'created' | 'unchanged' | ImportProblem;

/** What one run has met so far: no two of its lines may be one user. */
export interface ImportRun {
  /** Looks only: nothing is written, no hash computed. */
  isDry: boolean;
  lines: Set<string>;
  names: Set<string>;
}

interface Candidate {
  record: ImportRecord;
  fingerprint: Buffer;
}

const TAKEN = { zh: '已属于另一个账号', en: 'belongs to another user already' };
const TWICE = { zh: '在文件中属于两个用户', en: 'belongs to two users of this file' };

/** Takes users over from another system. */
@Injectable()
export class UserImport {
  constructor(
    private readonly database: Database,
    private readonly store: ImportStore,
    private readonly taken: TakenNames,
    private readonly hasher: PasswordHasher,
    private readonly audit: AuditLog,
  ) {}

  begin(isDry: boolean): ImportRun {
    return { isDry, lines: new Set(), names: new Set() };
  }

  /**
   * Imports a batch, in one transaction. A record that was imported before is left alone, whatever has become of its
   * user; one that would take something from another user is not imported.
   */
  async add(run: ImportRun, records: ImportRecord[]): Promise<ImportOutcome[]> {
    const candidates = records.map((record) => ({ record, fingerprint: this.store.fingerprintOf(record) }));
    const imported = await this.store.findImported(candidates.map(({ fingerprint }) => fingerprint));
    const taken = await this.taken.find(records.flatMap((record) => this.taken.namesOf(record)));
    const outcomes = candidates.map((candidate) => this.judge(run, candidate, { imported, taken }));
    const fresh = candidates.filter((_, i) => outcomes[i] === 'created');
    const created = run.isDry ? fresh.map(() => 'created' as const) : await this.create(fresh);
    return outcomes.map((outcome) => (outcome === 'created' ? created.shift()! : outcome));
  }

  // Judging takes: the first of two lines for one user wins.
  private judge(
    run: ImportRun,
    { record, fingerprint }: Candidate,
    { imported, taken }: { imported: Set<string>; taken: Set<string> },
  ): ImportOutcome {
    const line = fingerprint.toString('hex');
    if (run.lines.has(line)) return 'unchanged';
    const names = this.taken.namesOf(record).map((name) => ({ ...name, key: keyOf(name) }));
    const twice = names.find(({ key }) => run.names.has(key));
    if (twice) return { field: twice.field, message: TWICE };
    const another = imported.has(line) ? undefined : names.find(({ key }) => taken.has(key));
    if (another) return { field: another.field, message: TAKEN };
    run.lines.add(line);
    for (const { key } of names) run.names.add(key);
    return imported.has(line) ? 'unchanged' : 'created';
  }

  // Hashes first: no lock is held while they are computed.
  private async create(candidates: Candidate[]): Promise<ImportOutcome[]> {
    if (!candidates.length) return [];
    const hashed = await Promise.all(
      candidates.map(async (candidate) => ({ ...candidate, passwordHash: await this.hashOf(candidate.record) })),
    );
    return this.write(hashed);
  }

  private async hashOf({ password }: ImportRecord): Promise<string | null> {
    return password ? this.hasher.takeOver(password) : null;
  }

  // Somebody may register one of the names in this very moment: then each record goes by itself, and that one is left.
  private async write(candidates: (Candidate & { passwordHash: string | null })[]): Promise<ImportOutcome[]> {
    try {
      await this.database.transaction(async (statements) => {
        for (const { record, passwordHash } of candidates) await this.store.insert(statements, record, passwordHash);
        await this.store.remember(
          statements,
          candidates.map(({ fingerprint }) => fingerprint),
        );
        const detail = { count: candidates.length };
        await this.audit.recordNow(statements, { type: 'users.imported', outcome: 'ok', detail });
      });
      return candidates.map(() => 'created');
    } catch (error) {
      if (!isDuplicateKey(error) && !(error instanceof PhoneTakenError)) throw error;
      if (candidates.length === 1) return [{ field: 'line', message: TAKEN }];
    }
    const outcomes: ImportOutcome[] = [];
    for (const candidate of candidates) outcomes.push(...(await this.write([candidate])));
    return outcomes;
  }
}

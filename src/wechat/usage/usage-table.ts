import { Injectable } from '@nestjs/common';
import { asDate, Database, type Statements } from '../../platform/database/database.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import type { UsageCount } from './usage-counts.js';

interface UsageRow {
  endpoint: string;
  outcome: string;
  calls: string | number;
  last_at: Date | string;
}

/** One line of a day's usage. */
export interface UsageOfDay {
  endpoint: string;
  outcome: string;
  calls: number;
  lastAt: Date;
}

const ADD = `UPDATE wechat_usage SET calls = calls + ?, last_at = CASE WHEN last_at < ? THEN ? ELSE last_at END
  WHERE app_id = ? AND day = ? AND endpoint = ? AND outcome = ?`;
const INSERT = `INSERT INTO wechat_usage (calls, last_at, app_id, day, endpoint, outcome) VALUES (?, ?, ?, ?, ?, ?)`;
const FIND_DAY = `SELECT endpoint, outcome, calls, last_at FROM wechat_usage WHERE app_id = ? AND day = ?
  ORDER BY endpoint, outcome`;

/** The table in which all processes' calls are added up. */
@Injectable()
export class UsageTable {
  constructor(private readonly database: Database) {}

  /** All or none. */
  async add(counts: UsageCount[]): Promise<void> {
    await this.database.transaction(async (statements) => {
      for (const count of counts) await addOne(statements, count);
    });
  }

  async findDay(appId: string, day: string): Promise<UsageOfDay[]> {
    const rows = await this.database.rows<UsageRow>(FIND_DAY, [appId, day]);
    return rows.map(({ endpoint, outcome, calls, last_at: lastAt }) => ({
      endpoint,
      outcome,
      calls: Number(calls),
      lastAt: asDate(lastAt),
    }));
  }
}

async function addOne(statements: Statements, { appId, day, endpoint, outcome, calls, lastAt }: UsageCount) {
  const key = [appId, day, endpoint, outcome];
  const add = () => statements.write(ADD, [calls, lastAt, lastAt, ...key]);
  const { affected } = await add();
  if (affected > 0) return;
  try {
    await statements.write(INSERT, [calls, lastAt, ...key]);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    await add(); // another process was first
  }
}

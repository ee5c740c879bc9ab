import { Injectable } from '@nestjs/common';
import { type ImportRecord, readRecord } from '../../users/importing/import-record.js';
import { type ImportRun, UserImport } from '../../users/importing/user-import.js';
import { WechatConfig } from '../../wechat/wechat.config.js';
import { type ImportReport, inOrder, newReport, note } from './import-report.js';
import { readUserFile } from './user-file.js';

interface ReadLine {
  line: number;
  record: ImportRecord;
}

const BATCH = 200;

/** Imports a file of users, batch by batch. */
@Injectable()
export class ImportActs {
  constructor(
    private readonly users: UserImport,
    private readonly apps: WechatConfig,
  ) {}

  /** @param onProgress is told the report after each batch */
  async importFile(path: string, isDry: boolean, onProgress: (report: ImportReport) => void): Promise<ImportReport> {
    const run = this.users.begin(isDry);
    const report = newReport(run);
    let batch: ReadLine[] = [];
    for await (const { line, raw } of readUserFile(path)) {
      const read = readRecord(raw, this.apps);
      if ('problems' in read) note(report, line, read.problems);
      else batch.push({ line, record: read.record });
      if (batch.length < BATCH) continue;
      await this.importBatch(run, batch, report);
      batch = [];
      onProgress(report);
    }
    if (batch.length) await this.importBatch(run, batch, report);
    return inOrder(report);
  }

  private async importBatch(run: ImportRun, batch: ReadLine[], report: ImportReport): Promise<void> {
    const outcomes = await this.users.add(
      run,
      batch.map(({ record }) => record),
    );
    batch.forEach(({ line }, i) => note(report, line, outcomes[i]!));
  }
}

import type { DataSource } from 'typeorm';
import { Session } from '../../src/sessions/session.entity.js';

/** The stored row of a session. */
export function sessionRow(dataSource: DataSource, id: string): Promise<Session> {
  return dataSource.getRepository(Session).findOneByOrFail({ id });
}

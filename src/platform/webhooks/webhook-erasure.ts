import { Injectable } from '@nestjs/common';
import type { Statements } from '../database/database.js';

/** The webhooks' part of an erasure, inside the transaction of whoever also erases the user. */
@Injectable()
export class WebhookErasure {
  /** Deletes the deliveries about them, sent or not: that they were erased is told by one of its own. */
  async erase(statements: Statements, userIds: string[]): Promise<void> {
    const places = `(${userIds.map(() => '?').join(', ')})`;
    await statements.write(`DELETE FROM webhook_deliveries WHERE user_id IN ${places}`, userIds);
    await statements.write(`UPDATE webhook_endpoints SET created_by = NULL WHERE created_by IN ${places}`, userIds);
  }
}

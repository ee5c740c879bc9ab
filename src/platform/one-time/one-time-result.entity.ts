import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Kept, Secret, Technical } from '../data-map/data-map.js';
import { ascii, binary, datetime } from '../database/column-kinds.js';

/** `pending` while the code's one use is under way; then how it ended. */
export type OneTimeState = 'pending' | 'done' | 'failed';

/** What became of one code that works once, kept for the minutes in which its client may ask again. */
@Kept({
  purpose: {
    zh: '微信的一次性 code 丢失答复后可再次取得',
    en: 'giving the answer to a one-time code again when it was lost',
  },
  retention: { zh: '5 分钟', en: '5 minutes' },
  erasure: { zh: '5 分钟后自动删除；内容已加密', en: 'gone by itself after 5 minutes; sealed' },
})
@Entity({ name: 'one_time_results', engine: 'InnoDB' })
export class OneTimeResult {
  /** SHA-256 of purpose, AppID and code: the code itself is never stored. */
  @Secret('code 的哈希', 'hash of the code')
  @PrimaryColumn(binary('id', 32) as { type: 'binary' })
  id: Buffer;

  /** Keyed hash of who may ask again. */
  @Secret('可再次取得者的带密钥哈希', 'keyed hash of who may ask again')
  @Column(binary('requester', 32))
  requester: Buffer;

  @Technical('状态', 'its state')
  @Column(ascii('state', 16))
  state: OneTimeState;

  /** When done, the result, encrypted; when failed, the code of the error. */
  @Secret('加密的结果，如手机号', 'the result, sealed: a phone number')
  @Column(ascii('result', 512, { nullable: true }))
  result: string | null;

  /** Of a pending row: when its process must have died. Afterwards the row counts for nothing. */
  @Index('ix_one_time_results_expires_at')
  @Technical('何时失效', 'when it expires')
  @Column(datetime('expires_at'))
  expiresAt: Date;

  @Column(datetime('created_at'))
  createdAt: Date;

  @Column(datetime('updated_at'))
  updatedAt: Date;
}

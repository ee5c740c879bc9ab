import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ascii, bigint, datetime } from '../../platform/database/column-kinds.js';

/** How often one endpoint was asked for one mini-program on one day, with one outcome. */
@Entity({ name: 'wechat_usage', engine: 'InnoDB' })
export class WechatUsageCount {
  @PrimaryColumn(ascii('app_id', 32) as { type: 'varchar' })
  appId: string;

  /** `YYYY-MM-DD` in China, where WeChat counts its quotas. */
  @PrimaryColumn(ascii('day', 10) as { type: 'varchar' })
  day: string;

  @PrimaryColumn(ascii('endpoint', 64) as { type: 'varchar' })
  endpoint: string;

  /** `ok`, WeChat's errcode, or how the call failed. */
  @PrimaryColumn(ascii('outcome', 16) as { type: 'varchar' })
  outcome: string;

  @Column(bigint('calls'))
  calls: string;

  @Column(datetime('last_at'))
  lastAt: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Kept, Technical } from '../../platform/data-map/data-map.js';
import { ascii, bigint, datetime } from '../../platform/database/column-kinds.js';

/** How often one endpoint was asked for one mini-program on one day, with one outcome. */
@Kept({
  purpose: { zh: '统计微信接口的调用与额度', en: 'counting calls to WeChat' },
  retention: { zh: '400 天', en: '400 days' },
  erasure: { zh: '与个人无关', en: 'about nobody' },
})
@Entity({ name: 'wechat_usage', engine: 'InnoDB' })
export class WechatUsageCount {
  @Technical('小程序', 'the mini-program')
  @PrimaryColumn(ascii('app_id', 32) as { type: 'varchar' })
  appId: string;

  /** `YYYY-MM-DD` in China, where WeChat counts its quotas. */
  @Technical('日期', 'the day')
  @PrimaryColumn(ascii('day', 10) as { type: 'varchar' })
  day: string;

  @Technical('微信接口', 'the endpoint')
  @PrimaryColumn(ascii('endpoint', 64) as { type: 'varchar' })
  endpoint: string;

  /** `ok`, WeChat's errcode, or how the call failed. */
  @Technical('结果', 'how the calls ended')
  @PrimaryColumn(ascii('outcome', 16) as { type: 'varchar' })
  outcome: string;

  @Technical('次数', 'how many')
  @Column(bigint('calls'))
  calls: string;

  @Technical('最近一次', 'the last one')
  @Column(datetime('last_at'))
  lastAt: Date;
}

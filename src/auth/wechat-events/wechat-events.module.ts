import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { UsersModule } from '../../users/users.module.js';
import { WechatModule } from '../../wechat/wechat.module.js';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { PushEventActs } from './push-event-acts.js';
import { PushEventStore } from './push-event-store.js';
import { PushEventWorker } from './push-event-worker.js';
import { WechatEventsController } from './wechat-events.controller.js';
import { WechatEventsService } from './wechat-events.service.js';

/** What WeChat tells us without being asked, and what is done about it. It stands on the top step: it ends sessions. */
@Module({
  imports: [WechatModule, UsersModule, SessionsModule, PersonalDataModule],
  controllers: [WechatEventsController],
  providers: [WechatEventsService, PushEventStore, PushEventWorker, PushEventActs],
})
export class WechatEventsModule {}

import { Module } from '@nestjs/common';
import { WebhooksModule } from '../../platform/webhooks/webhooks.module.js';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { UsersModule } from '../../users/users.module.js';
import { ActingAdmins } from '../standing/acting-admins.js';
import { AccountClosing } from './account-closing.js';
import { AccountErasure } from './account-erasure.js';
import { AccountExport } from './account-export.js';
import { AdminPersonalDataController } from './admin-personal-data.controller.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataService } from './personal-data.service.js';
import { Traces } from './traces.js';

/** What is stored about people: given to them, and erased when they ask. */
@Module({
  imports: [WebhooksModule, UsersModule, SessionsModule],
  controllers: [PersonalDataController, AdminPersonalDataController],
  providers: [PersonalDataService, AccountExport, AccountErasure, AccountClosing, Traces, ActingAdmins],
  exports: [PersonalDataService, AccountErasure],
})
export class PersonalDataModule {}

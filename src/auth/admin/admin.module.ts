import { Module } from '@nestjs/common';
import { WebhooksModule } from '../../platform/webhooks/webhooks.module.js';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { UsersModule } from '../../users/users.module.js';
import { WechatModule } from '../../wechat/wechat.module.js';
import { ActingAdmins } from '../standing/acting-admins.js';
import { AdminAuditController } from './admin-audit.controller.js';
import { AdminSessionsController } from './admin-sessions.controller.js';
import { AdminUsers } from './admin-users.js';
import { AdminUsersController } from './admin-users.controller.js';
import { AdminWechatController } from './admin-wechat.controller.js';
import { AdminWechat } from './admin-wechat.js';
import { RoleChanges } from '../standing/role-changes.js';
import { UserBanning } from '../standing/user-banning.js';
import { UserUnlocking } from '../standing/user-unlocking.js';
import { ServiceClientsModule } from '../service-clients/service-clients.module.js';
import { AdminServiceClientsController } from './service-clients/admin-service-clients.controller.js';
import { UserMerge } from './user-merge.js';
import { UserSessions } from './user-sessions.js';
import { UserViews } from './user-views.js';
import { AdminDeliveriesController } from './webhooks/admin-deliveries.controller.js';
import { AdminWebhooksController } from './webhooks/admin-webhooks.controller.js';

/** What only an admin may do. */
@Module({
  imports: [ServiceClientsModule, WebhooksModule, WechatModule, UsersModule, SessionsModule],
  controllers: [
    AdminUsersController,
    AdminSessionsController,
    AdminAuditController,
    AdminWechatController,
    AdminServiceClientsController,
    AdminWebhooksController,
    AdminDeliveriesController,
  ],
  providers: [
    UserViews,
    AdminUsers,
    AdminWechat,
    UserMerge,
    UserSessions,
    UserBanning,
    RoleChanges,
    UserUnlocking,
    ActingAdmins,
  ],
  exports: [UserBanning, RoleChanges, UserUnlocking, UserSessions],
})
export class AdminModule {}

import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { UsersModule } from '../../users/users.module.js';
import { WechatModule } from '../../wechat/wechat.module.js';
import { CredentialsController } from './credentials.controller.js';
import { PasswordChange } from './password-change.js';
import { Proofs } from './proofs.js';
import { ReauthenticationController } from './reauthentication.controller.js';
import { Reauthentication } from './reauthentication.js';
import { UsernameChoice } from './username-choice.js';

/** What people do to their own account. */
@Module({
  imports: [WechatModule, UsersModule, SessionsModule],
  controllers: [ReauthenticationController, CredentialsController],
  providers: [Reauthentication, Proofs, PasswordChange, UsernameChoice],
})
export class AccountModule {}

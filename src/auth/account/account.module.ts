import { Module } from '@nestjs/common';
import { SessionsModule } from '../../sessions/sessions.module.js';
import { UsersModule } from '../../users/users.module.js';
import { AuthModule } from '../auth.module.js';
import { BindingsController } from './bindings.controller.js';
import { Bindings } from './bindings.js';
import { CredentialChanges } from './credential-changes.js';
import { CredentialsController } from './credentials.controller.js';
import { PasswordChange } from './password-change.js';
import { ProfileChange } from './profile-change.js';
import { ProfileController } from './profile.controller.js';
import { Proofs } from './proofs.js';
import { ReauthenticationController } from './reauthentication.controller.js';
import { Reauthentication } from './reauthentication.js';
import { UsernameChoice } from './username-choice.js';

/** What people do to their own account. */
@Module({
  imports: [AuthModule, UsersModule, SessionsModule],
  controllers: [ReauthenticationController, CredentialsController, BindingsController, ProfileController],
  providers: [Reauthentication, Proofs, CredentialChanges, PasswordChange, UsernameChoice, Bindings, ProfileChange],
})
export class AccountModule {}

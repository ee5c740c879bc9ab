import { Module } from '@nestjs/common';
import { WechatModule } from '../wechat/wechat.module.js';
import { UserBans } from './bans/user-bans.js';
import { Consents } from './consents/consents.js';
import { ConsentsController } from './consents/consents.controller.js';
import { CredentialStore } from './credentials/credential-store.js';
import { LoginWays } from './credentials/login-ways.js';
import { OwnPasswords } from './credentials/own-passwords.js';
import { NamedUsers } from './directory/named-users.js';
import { UserDirectory } from './directory/user-directory.js';
import { ImportRetention } from './importing/import-retention.js';
import { ImportStore } from './importing/import-store.js';
import { TakenNames } from './importing/taken-names.js';
import { UserImport } from './importing/user-import.js';
import { UserErasure } from './erasure/user-erasure.js';
import { UserIds } from './erasure/user-ids.js';
import { UserMerging } from './merging/user-merging.js';
import { OpenDataController } from './open-data/open-data.controller.js';
import { OpenDataService } from './open-data/open-data.service.js';
import { PasswordAccounts } from './password-accounts.js';
import { PasswordAttempts } from './passwords/password-attempts.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordPolicy } from './passwords/password-policy.js';
import { PhoneCodes } from './phones/phone-codes.js';
import { PhoneController } from './phones/phone.controller.js';
import { PhoneService } from './phones/phone.service.js';
import { Phones } from './phones/phones.js';
import { UserProfiles } from './profile/user-profiles.js';
import { UserRoles } from './roles/user-roles.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';
import { WechatAccounts } from './wechat-accounts.js';
import { OpenPlatforms } from './wechat/open-platforms.js';
import { UserSessionKeys } from './wechat/user-session-keys.js';
import { WechatBinding } from './wechat/wechat-binding.js';
import { WechatRegistration } from './wechat/wechat-registration.js';
import { WechatStore } from './wechat/wechat-store.js';

/** Who are they? Users, their WeChat accounts, their passwords and their phone numbers. */
@Module({
  imports: [WechatModule],
  controllers: [UsersController, PhoneController, OpenDataController, ConsentsController],
  providers: [
    ...[UsersService, PasswordAccounts, PasswordHasher, PasswordPolicy, PasswordAttempts, Phones],
    ...[CredentialStore, OwnPasswords, LoginWays, UserProfiles, WechatBinding, Consents],
    ...[WechatAccounts, WechatStore, WechatRegistration, OpenPlatforms],
    ...[UserDirectory, NamedUsers, UserBans, UserRoles, UserIds],
    ...[UserImport, ImportStore, ImportRetention, TakenNames],
    ...[UserMerging, UserErasure, UserSessionKeys, PhoneCodes, PhoneService, OpenDataService],
  ],
  exports: [
    ...[UsersService, PasswordAccounts, UserMerging, UserErasure, UserSessionKeys, PhoneCodes],
    ...[UserDirectory, NamedUsers, UserImport, UserBans, UserRoles, PasswordAttempts, CredentialStore, OwnPasswords],
    ...[LoginWays, UserProfiles, WechatBinding, UserIds, Phones],
  ],
})
export class UsersModule {}

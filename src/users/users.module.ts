import { Module } from '@nestjs/common';
import { UserMerging } from './merging/user-merging.js';
import { PasswordAccounts } from './password-accounts.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordPolicy } from './passwords/password-policy.js';
import { Phones } from './phones/phones.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';
import { WechatAccounts } from './wechat-accounts.js';
import { OpenPlatforms } from './wechat/open-platforms.js';
import { WechatRegistration } from './wechat/wechat-registration.js';
import { WechatStore } from './wechat/wechat-store.js';

/** Who are they? Users, their WeChat accounts, their passwords and their phone numbers. */
@Module({
  controllers: [UsersController],
  providers: [
    ...[UsersService, PasswordAccounts, PasswordHasher, PasswordPolicy, Phones],
    ...[WechatAccounts, WechatStore, WechatRegistration, OpenPlatforms],
    UserMerging,
  ],
  exports: [UsersService, PasswordAccounts, UserMerging],
})
export class UsersModule {}

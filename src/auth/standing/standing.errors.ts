import { AppError, ErrorCode } from '../../platform/errors/app-error.js';

@ErrorCode('admin.own_account', 'conflict', {
  zh: '不能对自己的账号执行此操作',
  en: 'You cannot do this to your own account',
})
export class OwnAccountError extends AppError {}

@ErrorCode('admin.last_admin', 'conflict', {
  zh: '至少要保留一位管理员',
  en: 'At least one admin has to remain',
})
export class LastAdminError extends AppError {}

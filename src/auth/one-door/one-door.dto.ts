import type { PasswordLoginDto } from '../dto/password-login.dto.js';
import type { RefreshDto } from '../dto/refresh.dto.js';
import type { RegisterDto } from '../dto/register.dto.js';
import type { WechatLoginDto } from '../dto/wechat-login.dto.js';

/** A checked request to the one door: which action, and the fields of that action's own door. */
export type OneDoorRequest =
  | { action: 'wechat'; input: WechatLoginDto }
  | { action: 'register'; input: RegisterDto }
  | { action: 'login'; input: PasswordLoginDto }
  | { action: 'autoLogin'; input: RefreshDto }
  | { action: 'logout'; input: object };

export type OneDoorAction = OneDoorRequest['action'];

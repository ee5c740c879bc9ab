import { Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { RequestInvalidError } from '../../platform/errors/request.errors.js';
import { createValidationPipe } from '../../platform/validation/validation.pipe.js';
import { PasswordLoginDto } from '../dto/password-login.dto.js';
import { RefreshDto } from '../dto/refresh.dto.js';
import { RegisterDto } from '../dto/register.dto.js';
import { WechatLoginDto } from '../dto/wechat-login.dto.js';
import type { OneDoorAction, OneDoorRequest } from './one-door.dto.js';

const INPUTS: Record<OneDoorAction, Type | null> = {
  wechat: WechatLoginDto,
  register: RegisterDto,
  login: PasswordLoginDto,
  autoLogin: RefreshDto,
  logout: null,
};

/** Checks the fields of the one door by the rules of the action's own door. */
@Injectable()
export class OneDoorPipe implements PipeTransform<unknown, Promise<OneDoorRequest>> {
  private readonly validation = createValidationPipe();

  async transform(body: unknown): Promise<OneDoorRequest> {
    const { action, ...fields } = (body ?? {}) as { action?: unknown };
    if (!isAction(action)) throw new RequestInvalidError({ fields: [UNKNOWN_ACTION] });
    const metatype = INPUTS[action];
    const input: unknown = metatype ? await this.validation.transform(fields, { type: 'body', metatype }) : {};
    return { action, input } as OneDoorRequest;
  }
}

const UNKNOWN_ACTION = {
  field: 'action',
  code: 'isIn',
  message: {
    zh: `须为 ${Object.keys(INPUTS).join('、')} 之一`,
    en: `must be one of ${Object.keys(INPUTS).join(', ')}`,
  },
};

function isAction(action: unknown): action is OneDoorAction {
  return typeof action === 'string' && Object.hasOwn(INPUTS, action);
}

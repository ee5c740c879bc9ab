import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../../platform/errors/api-errors.decorator.js';
import { RequestInvalidError } from '../../../platform/errors/request.errors.js';
import { Roles } from '../../../platform/identity/caller.js';
import { ForbiddenError } from '../../auth.errors.js';
import { ServiceClients } from '../../service-clients/service-clients.js';
import {
  ServiceClientNotFoundError,
  TooManyServiceClientsError,
} from '../../service-clients/service-clients.errors.js';
import { actorOf, type AdminAct } from '../../standing/user-act.js';
import { CurrentAct } from '../current-act.js';
import {
  CreateServiceClientDto,
  RotateServiceSecretDto,
  ServiceClientDto,
  ServiceClientWithSecretDto,
  UpdateServiceClientDto,
} from './service-client.dto.js';

@ApiTags('Admin 管理')
@ApiBearerAuth()
@Roles('admin')
@ApiErrors(ForbiddenError)
@Controller({ path: 'admin/service-clients', version: '1' })
export class AdminServiceClientsController {
  constructor(private readonly clients: ServiceClients) {}

  /** 服务客户端列表 · Lists the services that may ask about tokens. */
  @Get()
  async listServiceClients(): Promise<ServiceClientDto[]> {
    return (await this.clients.list()).map((client) => ServiceClientDto.from(client));
  }

  /** 登记服务客户端 · Registers a service; its secret is shown this once. */
  @Post()
  @ApiErrors(RequestInvalidError, TooManyServiceClientsError)
  async createServiceClient(
    @Body() { name }: CreateServiceClientDto,
    @CurrentAct() by: AdminAct,
  ): Promise<ServiceClientWithSecretDto> {
    return ServiceClientWithSecretDto.fromNew(await this.clients.create(name, actorOf(by)));
  }

  /** 修改服务客户端 · Renames a service, or shuts it out. */
  @Put(':id')
  @ApiErrors(RequestInvalidError, ServiceClientNotFoundError)
  async updateServiceClient(
    @Param('id') id: string,
    @Body() settings: UpdateServiceClientDto,
    @CurrentAct() by: AdminAct,
  ): Promise<ServiceClientDto> {
    return ServiceClientDto.from(await this.clients.update(id, settings, actorOf(by)));
  }

  /** 更换服务客户端密钥 · Gives a service a new secret; the one before ends at once, or after graceSeconds. */
  @Post(':id/rotate-secret')
  @HttpCode(HttpStatus.OK)
  @ApiErrors(RequestInvalidError, ServiceClientNotFoundError)
  async rotateServiceSecret(
    @Param('id') id: string,
    @Body() { graceSeconds = 0 }: RotateServiceSecretDto,
    @CurrentAct() by: AdminAct,
  ): Promise<ServiceClientWithSecretDto> {
    return ServiceClientWithSecretDto.fromNew(await this.clients.rotateSecret(id, graceSeconds, actorOf(by)));
  }

  /** 删除服务客户端 · Deletes a service: it is refused from then on. */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiErrors(ServiceClientNotFoundError)
  async deleteServiceClient(@Param('id') id: string, @CurrentAct() by: AdminAct): Promise<void> {
    await this.clients.delete(id, actorOf(by));
  }
}

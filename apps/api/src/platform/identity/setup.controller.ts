import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SetupService } from './setup.service.js';

/** `GET /api/setup/state` → `{needed}`; `POST /api/setup {token,name,email,password}` → 201 `{userId}`. No session. */
@Controller('api/setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get('state')
  async state(): Promise<{ needed: boolean }> {
    return { needed: await this.setup.isNeeded() };
  }

  @Post()
  complete(@Req() request: FastifyRequest, @Body() body: unknown): Promise<{ userId: string }> {
    return this.setup.complete(request.id, request.ip, body);
  }
}

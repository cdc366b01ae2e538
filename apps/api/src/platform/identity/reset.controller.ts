import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PasswordService } from './password.service.js';

/** `POST /api/reset {token,password}` → `{email}`, 422 RESET_LINK_INVALID, 429 TOO_MANY_REQUESTS. No session. */
@Controller('api/reset')
export class ResetController {
  constructor(private readonly passwords: PasswordService) {}

  @Post()
  @HttpCode(200)
  reset(@Req() request: FastifyRequest, @Body() body: unknown): Promise<{ email: string }> {
    return this.passwords.reset(request.id, request.ip, body);
  }
}

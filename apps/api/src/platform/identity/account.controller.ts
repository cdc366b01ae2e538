import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal/refusal.js';
import { type Account, AccountService } from './account.service.js';
import { PasswordService } from './password.service.js';
import { RequestActors, type SignedIn } from './request-actors.js';

/**
 * One's own account; 401 without a session. `GET /api/account` → Account · `POST /api/account/password
 * {currentPassword,newPassword}` → `{success}`, 429 · `POST /api/account/sessions/end {sessionId}` or
 * `{others: true}` → `{ended}`
 */
@Controller('api/account')
export class AccountController {
  constructor(
    private readonly actors: RequestActors,
    private readonly accounts: AccountService,
    private readonly passwords: PasswordService,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest): Promise<Account> {
    return this.accounts.read(await this.mustBeSignedIn(request));
  }

  @Post('password')
  @HttpCode(200)
  async changePassword(@Req() request: FastifyRequest, @Body() body: unknown): Promise<{ success: true }> {
    const { actor, user, session } = await this.mustBeSignedIn(request);
    const who = { actor, email: user.email, sessionId: session.id };
    await this.passwords.change(who, request.id, request.ip, body);
    return { success: true };
  }

  @Post('sessions/end')
  @HttpCode(200)
  async endSessions(@Req() request: FastifyRequest, @Body() body: unknown): Promise<{ ended: number }> {
    return this.accounts.endSessions(await this.mustBeSignedIn(request), request.id, body);
  }

  private async mustBeSignedIn(request: FastifyRequest): Promise<SignedIn> {
    const signedIn = await this.actors.signedIn(request);
    if (!signedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first');
    return signedIn;
  }
}

import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { CONFIG, type Config } from '../config/config.js';
import { LOGGER } from '../http/logger.js';
import { addressHeader } from './auth.js';
import { IdentityProvider } from './identity-provider.js';
import { LogoutRefused, OidcLogoutService } from './oidc-logout.service.js';
import { beginFlow, finishFlow, flowLife, openFlow } from './oidc-flow.js';
import { OidcProblem } from './oidc-problem.js';
import type { OidcProblemCode } from './oidc-problems.schema.js';
import { OidcSignInService } from './oidc-sign-in.service.js';
import { returnPath } from './return-path.schema.js';
import { SESSION_SECRET } from './session-secret-token.js';
import { SignInLedger } from './sign-in-ledger.js';

const basePath = '/api/auth/oidc';

/**
 * Sign-in through the identity provider; 404 where none is configured. `GET start?to=/page` → 302 to the provider ·
 * `GET callback` → 302 to the page that was asked for, with the session's cookie, or to
 * `/login?problem=<code>&to=/page` · `POST logout` (form field `logout_token`) → 200, 400: back-channel logout
 */
@Controller('api/auth/oidc')
export class OidcController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SESSION_SECRET) private readonly secret: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly provider: IdentityProvider,
    private readonly signIns: OidcSignInService,
    private readonly logouts: OidcLogoutService,
    private readonly ledger: SignInLedger,
  ) {}

  @Get('start')
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.mustBeConfigured();
    const { to } = request.query as { to?: unknown };
    try {
      const discovered = await this.provider.discover();
      const redirectUri = `${this.originOf(request)}${basePath}/callback`;
      const { url, state, sealed } = await beginFlow(discovered, this.secret, redirectUri, to);
      this.setFlow(reply, state, sealed, flowLife);
      this.redirect(reply, url.href);
    } catch (error) {
      this.refuse(request, reply, error, to);
    }
  }

  @Get('callback')
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.mustBeConfigured();
    const { state } = request.query as { state?: unknown };
    let to: unknown = '/';
    try {
      const known = typeof state === 'string' ? state : '';
      const flow = await openFlow(this.flowOf(request, known), this.secret);
      to = flow.to;
      this.setFlow(reply, known, '', 0);
      const discovered = await this.provider.discover();
      const claims = await finishFlow(discovered, flow, new URL(request.url, this.originOf(request)));
      const headers = new Headers({ [addressHeader]: request.ip });
      headers.set('user-agent', (request.headers['user-agent'] ?? '').slice(0, 300));
      const cookies = await this.signIns.signIn(claims, discovered, { headers, requestId: request.id });
      for (const cookie of cookies) void reply.header('set-cookie', cookie);
      this.redirect(reply, flow.to);
    } catch (error) {
      this.refuse(request, reply, error, to);
    }
  }

  @Post('logout')
  @HttpCode(200)
  async logout(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    this.mustBeConfigured();
    void reply.header('cache-control', 'no-store');
    const token = typeof body === 'string' ? new URLSearchParams(body).get('logout_token') : null;
    try {
      if (!token) throw new LogoutRefused('A logout_token is needed');
      await this.logouts.end(token, request.id);
      return {};
    } catch (error) {
      if (!(error instanceof LogoutRefused)) throw error;
      void reply.status(400);
      return { error: 'invalid_request', error_description: error.message };
    }
  }

  private mustBeConfigured(): void {
    if (!this.provider.settings) throw new NotFoundException('There is no identity provider here');
  }

  /** Where the browser is; without a public address this server answers to names of this machine alone. */
  private originOf(request: FastifyRequest): string {
    return this.config.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`;
  }

  private redirect(reply: FastifyReply, to: string): void {
    void reply.header('cache-control', 'no-store').redirect(to, 302);
  }

  /** Of the library's error only its code: what comes with it may hold tokens. */
  private refuse(request: FastifyRequest, reply: FastifyReply, error: unknown, to: unknown): void {
    const problem: OidcProblemCode = error instanceof OidcProblem ? error.code : problemOf(error);
    const code = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : 'unknown';
    this.logger.warn({ reqId: request.id, problem, code }, 'sign-in through the identity provider failed');
    this.ledger.refused(request.id, problem);
    const query = new URLSearchParams({ problem, to: returnPath(to) });
    this.redirect(reply, `/login?${query.toString()}`);
  }

  private flowOf(request: FastifyRequest, state: string): string | undefined {
    const name = `${this.flowCookie(state)}=`;
    const cookies = (request.headers.cookie ?? '').split(/;\s*/);
    return cookies.find((cookie) => cookie.startsWith(name))?.slice(name.length);
  }

  /** One for each sign-in that was begun, so that two windows do not disturb each other. */
  private flowCookie(state: string): string {
    return `${this.isHttps ? '__Secure-' : ''}holdpoint.oidc.${state.slice(0, 16).replace(/[^\w-]/g, '')}`;
  }

  private setFlow(reply: FastifyReply, state: string, sealed: string, seconds: number): void {
    const secure = this.isHttps ? '; Secure' : '';
    const attributes = `Max-Age=${seconds}; Path=${basePath}; HttpOnly; SameSite=Lax${secure}`;
    void reply.header('set-cookie', `${this.flowCookie(state)}=${sealed}; ${attributes}`);
  }

  private get isHttps(): boolean {
    return this.config.publicUrl?.startsWith('https:') === true;
  }
}

function problemOf(error: unknown): OidcProblemCode {
  const refused = typeof error === 'object' && error !== null && 'error' in error ? error.error : null;
  return refused === 'access_denied' || refused === 'login_required' ? 'cancelled' : 'failed';
}

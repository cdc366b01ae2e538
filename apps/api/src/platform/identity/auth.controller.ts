import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config.js';
import { parse } from '../refusal/parse.js';
import { addressHeader, AUTH, type Auth } from './auth.js';
import { signIn } from './person.schema.js';
import { RequestActors } from './request-actors.js';
import { SessionService } from './session.service.js';
import { SignInThrottle } from './sign-in-throttle.js';

/**
 * The session of a browser. The rest of the library's routes is not reachable.
 * `GET methods` → `{password, oidc: {name} | null}`: how people sign in here ·
 * `POST sign-in/email {email,password,rememberMe?}` → `{user}` and the cookie, 401 INVALID_CREDENTIALS,
 * 403 ACCOUNT_DISABLED, 429 TOO_MANY_REQUESTS · `POST sign-out` → `{success}` · `GET get-session` →
 * `{session: {expiresAt}, user}` or `null`
 */
@Controller('api/auth')
export class AuthController {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    private readonly actors: RequestActors,
    private readonly sessions: SessionService,
    private readonly throttle: SignInThrottle,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('methods')
  methods(): { password: true; oidc: { name: string } | null } {
    const { oidc } = this.config;
    return { password: true, oidc: oidc && { name: oidc.name } };
  }

  @Post('sign-in/email')
  @HttpCode(200)
  async signIn(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ user: { id: string; name: string; email: string } }> {
    const input = parse(signIn, body);
    const attempt = await this.throttle.begin(request.ip, input.email);
    const response = await this.pass(request, '/sign-in/email', input);
    const user = await this.sessions.afterSignIn(response, input.email, request.id);
    await attempt.succeeded();
    this.passCookies(response.headers, reply);
    return { user };
  }

  @Post('sign-out')
  @HttpCode(200)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ success: true }> {
    const signedIn = await this.actors.signedIn(request);
    if (signedIn) await this.sessions.end(signedIn, request.id);
    const response = await this.pass(request, '/sign-out', {});
    this.passCookies(response.headers, reply);
    return { success: true };
  }

  @Get('get-session')
  async getSession(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    void reply.header('cache-control', 'no-store').type('application/json; charset=utf-8');
    const signedIn = await this.actors.signedIn(request);
    if (!signedIn) return void reply.send('null');
    const { headers } = await this.auth.api.getSession({
      headers: new Headers({ cookie: request.headers.cookie ?? '' }),
      // One that the identity provider vouched for is not made longer: it is asked again.
      query: { disableRefresh: signedIn.session.method === 'oidc' },
      returnHeaders: true,
    });
    this.passCookies(headers, reply);
    const { session, user } = signedIn;
    void reply.send(JSON.stringify({ session: { expiresAt: session.expiresAt }, user }));
  }

  private pass(request: FastifyRequest, path: string, body: object): Promise<Response> {
    const { cookie, 'user-agent': userAgent } = request.headers;
    const headers = new Headers({ 'content-type': 'application/json', [addressHeader]: request.ip });
    if (cookie !== undefined) headers.set('cookie', cookie);
    if (userAgent !== undefined) headers.set('user-agent', userAgent.slice(0, 300));
    const { baseURL, basePath } = this.auth.options;
    const url = `${baseURL}${basePath}${path}`;
    return this.auth.handler(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  private passCookies(headers: Headers, reply: FastifyReply): void {
    const cookies = headers.getSetCookie();
    if (cookies.length > 0) void reply.header('set-cookie', cookies);
  }
}

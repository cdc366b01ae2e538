import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

export const client = { id: 'holdpoint', secret: 'a secret of the tests that nobody else has' };

/** What the provider says of a person. */
export interface ProviderAccount {
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: readonly string[];
}

type Claims = JWTPayload & Record<string, unknown>;
type Tamper = (claims: Claims) => Claims;

/** A certified OpenID provider on loopback, with people made up by each test. */
export class TestIdentityProvider {
  readonly accounts = new Map<string, ProviderAccount>();
  /** Who signs in next, without being asked; null: the page of the provider asks, for tests in a browser. */
  signsIn: string | null = null;
  /** Changes the ID token on its way, and signs it again with the provider's key. */
  tamper: Tamper | null = null;
  /** Parameters of the last request for a sign-in. */
  asked = new URLSearchParams();
  private provider: Provider | null = null;

  private constructor(
    readonly issuer: string,
    private readonly server: Server,
    private readonly key: CryptoKey,
    private readonly jwk: object,
  ) {}

  static async start(): Promise<TestIdentityProvider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), alg: 'RS256', kid: 'test', use: 'sig' };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const one = new TestIdentityProvider(`http://127.0.0.1:${String(port)}`, server, privateKey, jwk);
    server.on('request', (request, response) => void one.answer(request, response));
    return one;
  }

  /** Configuration of a product that uses it. */
  get env(): Record<string, string> {
    return {
      HOLDPOINT_OIDC_ISSUER: this.issuer,
      HOLDPOINT_OIDC_CLIENT_ID: client.id,
      HOLDPOINT_OIDC_CLIENT_SECRET: client.secret,
      HOLDPOINT_OIDC_NAME: 'Example login',
    };
  }

  /** Registers the product, whose address is known only once it runs. */
  serve(productUrl: string): void {
    this.provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: [`${productUrl}/api/auth/oidc/callback`],
          backchannel_logout_uri: `${productUrl}/api/auth/oidc/logout`,
          backchannel_logout_session_required: true,
        },
      ],
      jwks: { keys: [this.jwk] },
      ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
      cookies: { keys: ['cookies of the tests'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
      // It tells a product on the same machine, which its own protection against such addresses would refuse.
      fetch: (url: string | URL, options: RequestInit) => {
        const plain: RequestInit & { dispatcher?: unknown } = { ...options };
        delete plain.dispatcher;
        return fetch(url, plain);
      },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, accountId: string) => {
        const account = this.accounts.get(accountId);
        return account && { accountId, claims: () => ({ sub: accountId, ...account }) };
      },
      loadExistingGrant: async ({
        oidc,
      }: {
        oidc: { client: { clientId: string }; session: { accountId: string } };
      }) => {
        const { provider } = this;
        if (!provider) throw new Error('not served yet');
        const about = { clientId: oidc.client.clientId, accountId: oidc.session.accountId };
        const grant = new provider.Grant(about);
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
  }

  /** The provider itself ends a session of a person, and tells the product. */
  async endSession(accountId: string, sid: string): Promise<void> {
    const found = await this.provider?.Client.find(client.id);
    await found?.backchannelLogout(accountId, sid);
  }

  /** Any token, signed with the provider's key unless another is given. */
  sign(claims: Claims, header: { typ?: string } = { typ: 'logout+jwt' }, key = this.key): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test', ...header }).sign(key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { provider } = this;
    if (!provider) throw new Error('not served yet');
    const url = new URL(request.url ?? '/', this.issuer);
    if (url.pathname === '/auth') this.asked = url.searchParams;
    if (url.pathname.startsWith('/interaction/')) return this.interact(provider, url, request, response);
    if (url.pathname === '/token' && this.tamper) this.tamperWith(response, this.tamper);
    provider.callback()(request, response);
  }

  private async interact(
    provider: Provider,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const accountId = this.signsIn ?? url.searchParams.get('account');
    if (accountId === 'nobody') {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
    } else if (accountId !== null) {
      await provider.interactionFinished(request, response, { login: { accountId } });
    } else {
      const links = [...this.accounts.keys()].map(
        (id) => `<li><a href="?account=${id}">Continue as ${id}</a></li>`,
      );
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><title>Example login</title><h1>Example login</h1><ul>${links.join('')}</ul>`,
      );
    }
  }

  private tamperWith(response: ServerResponse, tamper: Tamper): void {
    const end = response.end.bind(response) as (body: string) => ServerResponse;
    response.end = ((body: string | Buffer) => {
      const answer = JSON.parse(body.toString()) as Record<string, unknown>;
      const claims = tamper(decodeJwt<Record<string, unknown>>(String(answer['id_token'])));
      void this.sign(claims, {}).then((token) => {
        const text = JSON.stringify({ ...answer, id_token: token });
        response.setHeader('content-length', Buffer.byteLength(text));
        end(text);
      });
      return response;
    }) as ServerResponse['end'];
  }
}

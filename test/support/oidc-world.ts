import { CookieJar } from './cookie-jar.js';
import { type ProviderAccount, TestIdentityProvider } from './identity-provider.js';
import { createWorld, type World } from './world.js';

export interface Arrival {
  /** Path, query and fragment of the page that the browser is led to. */
  to: string;
  problem: string | null;
  cookie: string;
}

export interface SignedInViewer {
  user: { id: string; name: string; email: string };
  organisationRoles: string[];
  memberships: { role: string }[];
}

/** The product beside an identity provider. */
export class OidcWorld {
  private count = 0;

  private constructor(
    readonly world: World,
    readonly provider: TestIdentityProvider,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<OidcWorld> {
    const provider = await TestIdentityProvider.start();
    const world = await createWorld({ ...provider.env, ...env });
    provider.serve(world.url);
    return new OidcWorld(world, provider);
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.provider.stop();
  }

  /** A person at the provider, with a verified address unless told otherwise. */
  account(claims: ProviderAccount = {}): { id: string; email: string } {
    this.count += 1;
    const number = String(this.count);
    const email = `someone-${number}@example.com`;
    const person = { email, email_verified: true, name: `Someone ${number}`, ...claims };
    this.provider.accounts.set(`subject-${number}`, person);
    return { id: `subject-${number}`, email: claims.email ?? email };
  }

  /** The provider puts a person into these groups. */
  regroup(accountId: string, groups: readonly string[]): void {
    this.provider.accounts.set(accountId, { ...this.provider.accounts.get(accountId), groups });
  }

  /** Goes to the provider and back. */
  async signIn(accountId: string, to = '/', jar = new CookieJar()): Promise<Arrival> {
    this.provider.signsIn = accountId;
    return this.arrive(`/api/auth/oidc/start?${new URLSearchParams({ to }).toString()}`, jar);
  }

  /** Follows redirects from an address of the product up to a page of the console. */
  async arrive(path: string, jar: CookieJar): Promise<Arrival> {
    const { url: base } = this.world;
    const end = await jar.follow(new URL(path, base).href, (url) => {
      return url.origin === base && !url.pathname.startsWith('/api/');
    });
    const problem = end.searchParams.get('problem');
    return { to: `${end.pathname}${end.search}${end.hash}`, problem, cookie: jar.cookieOf(base) };
  }

  async viewer(cookie: string): Promise<SignedInViewer | null> {
    const query = '{ viewer { user { id name email } organisationRoles memberships { role } } }';
    const { viewer } = await this.world.gql<{ viewer: SignedInViewer | null }>(
      query,
      {},
      { headers: { cookie } },
    );
    return viewer;
  }

  /** What the ledger says about a person, in order. */
  async entriesOf(subjectId: string): Promise<{ act: string; data: Record<string, unknown> }[]> {
    const rows = await this.world.db.ledgerEntry.findMany({ where: { subjectId }, orderBy: { at: 'asc' } });
    return rows.map(
      ({ canonical }) => JSON.parse(canonical) as { act: string; data: Record<string, unknown> },
    );
  }
}

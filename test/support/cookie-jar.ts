/** Just enough of a browser to be sent about between servers: cookies by origin, and redirects one by one. */
export class CookieJar {
  private readonly cookies: Map<string, Map<string, string>>;

  /** @param from whose cookies it has at first */
  constructor(from?: CookieJar) {
    this.cookies = new Map([...(from?.cookies ?? [])].map(([origin, jar]) => [origin, new Map(jar)]));
  }

  async get(url: string): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { ...(cookie && { cookie }) } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (value.join('=') === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value.join('='));
    }
    return response;
  }

  /** Follows redirects up to the first address that `stop` wants, which is not asked. */
  async follow(url: string, stop: (url: URL) => boolean): Promise<URL> {
    let next = new URL(url);
    for (let hops = 0; hops < 20 && !stop(next); hops += 1) {
      const response = await this.get(next.href);
      const location = response.headers.get('location');
      if (location === null)
        throw new Error(`${next.pathname}: ${String(response.status)} ${await response.text()}`);
      next = new URL(location, next);
    }
    return next;
  }

  /** As a request would send them. */
  cookieOf(origin: string): string {
    return [...(this.cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

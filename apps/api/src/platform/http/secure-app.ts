import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../config/config.js';

/** Headers on every answer, and the refusal of requests that a page of another site sends in a visitor's name. */
export function secureApp(app: NestFastifyApplication, config: Config): void {
  const isHttps = config.publicUrl?.startsWith('https:') === true;
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: "'self'",
        baseUri: "'self'",
        connectSrc: "'self'",
        fontSrc: ["'self'", 'data:'],
        formAction: "'self'",
        frameAncestors: "'none'",
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: "'none'",
        scriptSrc: "'self'",
        scriptSrcAttr: "'none'",
        // Emotion, which styles the console, writes style elements while it renders.
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: isHttps ? true : null,
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  app.enableCsrfProtection({
    trustedOrigins: config.publicUrl === null ? [] : [config.publicUrl],
    // Pages of other sites ask there by design, with a key in a header; no cookie is read.
    exclude: (request: { url: string }) => request.url.startsWith('/ofrep/v1/'),
  });
}

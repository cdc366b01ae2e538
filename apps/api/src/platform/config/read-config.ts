import { resolve } from 'node:path';
import type { Config } from './config.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { environmentSchema, foreignVariables } from './environment.schema.js';
import { isLoopbackHost } from './loopback.js';
import { oidcConfigOf } from './oidc-config.js';

const flags = ['--demo'] as const;

/**
 * Parses the environment and the command line. Warnings are for variables with our prefix that nobody reads,
 * which are usually misspelt.
 * @throws ConfigError naming every variable or flag at fault
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): { config: Config; warnings: string[] } {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(present);
  const problems: ConfigProblem[] = (parsed.error?.issues ?? []).map((issue) => ({
    variable: String(issue.path[0]),
    message: issue.message,
  }));
  for (const flag of argv.filter((word) => !flags.some((known) => known === word))) {
    problems.push({ variable: flag, message: `is not a flag of this program; there is ${flags.join(', ')}` });
  }
  if (!parsed.success) throw new ConfigError(problems);

  const values = parsed.data;
  const demo = argv.includes('--demo');
  const publicUrl =
    values.HOLDPOINT_PUBLIC_URL === undefined ? null : new URL(values.HOLDPOINT_PUBLIC_URL).origin;
  problems.push(...contradictions(values, demo, publicUrl));
  const oidc = oidcConfigOf(values, publicUrl, problems);
  if (problems.length > 0) throw new ConfigError(problems);

  const config: Config = {
    environment: values.NODE_ENV,
    port: values.PORT,
    host: values.HOST,
    dataFolder: resolve(values.HOLDPOINT_DATA),
    databaseUrl: values.DATABASE_URL ?? null,
    migrateUrl: values.HOLDPOINT_MIGRATE_URL ?? null,
    publicUrl,
    logLevel: values.LOG_LEVEL,
    secret: values.HOLDPOINT_SECRET ?? null,
    ledger: {
      key: values.HOLDPOINT_LEDGER_KEY ?? null,
      keyFile: absolute(values.HOLDPOINT_LEDGER_KEY_FILE),
      previousKeyFile: absolute(values.HOLDPOINT_LEDGER_PREVIOUS_KEY_FILE),
      pushFile: absolute(values.HOLDPOINT_LEDGER_PUSH_FILE),
      pushUrl: values.HOLDPOINT_LEDGER_PUSH_URL ?? null,
    },
    uploadLimit: values.HOLDPOINT_UPLOAD_LIMIT_MB * 1024 * 1024,
    signInLimit: values.HOLDPOINT_SIGN_IN_LIMIT,
    trustedProxies: (values.HOLDPOINT_TRUSTED_PROXIES ?? '')
      .split(',')
      .map((s) => s.trim())
      .filter(Boolean),
    shutdownGrace: values.HOLDPOINT_SHUTDOWN_GRACE_S,
    demo,
    oidc,
  };
  return { config, warnings: unknownVariables(present) };
}

const absolute = (path: string | undefined) => (path === undefined ? null : resolve(path));

type Values = ReturnType<typeof environmentSchema.parse>;

function contradictions(values: Values, demo: boolean, publicUrl: string | null): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const add = (variable: string, message: string) => problems.push({ variable, message });
  if (demo && !isLoopbackHost(values.HOST)) {
    add(
      'HOST',
      '--demo makes people whose password everyone knows, so it needs a loopback address (127.0.0.1)',
    );
  }
  if (demo && publicUrl !== null && !isLoopbackHost(new URL(publicUrl).hostname)) {
    add('HOLDPOINT_PUBLIC_URL', '--demo is for this machine alone; remove the public address or the flag');
  }
  if (values.HOLDPOINT_MIGRATE_URL !== undefined && values.DATABASE_URL === undefined) {
    add('HOLDPOINT_MIGRATE_URL', 'is for PostgreSQL; set DATABASE_URL too');
  }
  if (values.DATABASE_URL !== undefined && values.HOLDPOINT_SECRET === undefined) {
    const how = 'for example from `openssl rand -base64 32`';
    add('HOLDPOINT_SECRET', `is needed with DATABASE_URL and the same for every server of it; ${how}`);
  }
  if (values.HOLDPOINT_LEDGER_KEY !== undefined && values.HOLDPOINT_LEDGER_KEY_FILE !== undefined) {
    add('HOLDPOINT_LEDGER_KEY', 'there is HOLDPOINT_LEDGER_KEY_FILE as well; set one of them');
  }
  const pushUrl = values.HOLDPOINT_LEDGER_PUSH_URL;
  if (pushUrl?.startsWith('http:') && values.NODE_ENV !== 'test') {
    add('HOLDPOINT_LEDGER_PUSH_URL', 'must be an https address');
  }
  return problems;
}

function unknownVariables(present: Record<string, string | undefined>): string[] {
  const known = new Set<string>([...Object.keys(environmentSchema.shape), ...foreignVariables]);
  return Object.keys(present)
    .filter((name) => name.startsWith('HOLDPOINT_') && !known.has(name))
    .map((name) => `${name} is set, but no such variable is read; is it misspelt?`);
}

import { z } from 'zod';
import { logLevels } from './log-levels.js';
import { oidcVariables } from './oidc.schema.js';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, { error: `must be a whole number between ${least} and ${most}`, abort: true })
    .transform(Number)
    .refine((n) => n >= least && n <= most, { error: `must be between ${least} and ${most}` });

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), {
    error: `must be a URL such as ${example}`,
  });

const database = url(['postgres:', 'postgresql:'], 'postgresql://holdpoint@db.example.com:5432/holdpoint');

const publicUrl = url(['http:', 'https:'], 'https://holdpoint.example.com').refine(
  (text) => {
    const parsed = URL.parse(text);
    return parsed === null || (parsed.pathname === '/' && parsed.search === '' && parsed.username === '');
  },
  { error: 'must be an origin: scheme, host and port, without a path' },
);

/** The environment variables that are read. An empty variable counts as absent. */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], { error: 'must be development, test or production' })
    .default('production'),
  PORT: wholeNumber(0, 65_535).default(4000),
  HOST: z.string().regex(/^\S+$/, { error: 'must be a host name or an address' }).default('127.0.0.1'),
  DATABASE_URL: database.optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  HOLDPOINT_DATA: z.string().default('./data'),
  HOLDPOINT_LEDGER_KEY: z
    .string()
    .startsWith('-----BEGIN', { error: 'must be a private key in PEM' })
    .optional(),
  HOLDPOINT_LEDGER_KEY_FILE: z.string().optional(),
  HOLDPOINT_LEDGER_PREVIOUS_KEY_FILE: z.string().optional(),
  HOLDPOINT_LEDGER_PUSH_FILE: z.string().optional(),
  HOLDPOINT_LEDGER_PUSH_URL: url(['http:', 'https:'], 'https://witness.example.com/checkpoints').optional(),
  HOLDPOINT_MIGRATE_URL: database.optional(),
  HOLDPOINT_PUBLIC_URL: publicUrl.optional(),
  HOLDPOINT_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  HOLDPOINT_UPLOAD_LIMIT_MB: wholeNumber(1, 4096).default(256),
  HOLDPOINT_SIGN_IN_LIMIT: wholeNumber(1, 100_000).default(10),
  HOLDPOINT_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-fA-F.:/,\s]+$/, { error: 'must be addresses or CIDR ranges separated by commas' })
    .optional(),
  HOLDPOINT_SHUTDOWN_GRACE_S: wholeNumber(0, 300).default(10),
  ...oidcVariables,
});

/** Variables with our prefix that other parts read: the client library and the tests. */
export const foreignVariables = ['HOLDPOINT_FORCE_FALLBACK', 'HOLDPOINT_TEST_ENGINE'] as const;

import type { LogLevel } from './log-levels.js';
import type { OidcConfig } from './oidc-config.js';

/** What signs the ledger's checkpoints, and where they are pushed to. Paths are absolute. */
export type LedgerConfig = {
  /** Ed25519 private key in PEM; null means that of `keyFile`, or one kept in `dataFolder` (embedded database only). */
  key: string | null;
  keyFile: string | null;
  /** Private key that vouches for the new one, at the first start with that. */
  previousKeyFile: string | null;
  pushFile: string | null;
  pushUrl: string | null;
};

/** Everything that is configured, parsed once at start. Nothing else reads the environment. */
export type Config = {
  environment: 'development' | 'test' | 'production';
  /** 0 asks the system for a free port. */
  port: number;
  host: string;
  /** Absolute path of the folder of the embedded database, of the session secret and of other local state. */
  dataFolder: string;
  /** PostgreSQL; null means the embedded database in `dataFolder`. */
  databaseUrl: string | null;
  /** The owner role that runs migrations; null means `databaseUrl` does. */
  migrateUrl: string | null;
  /** Origin by which people reach this server, without a trailing slash; null when it is whatever they typed. */
  publicUrl: string | null;
  logLevel: LogLevel;
  /** Signs session cookies; null means one is kept in `dataFolder` (embedded database only). */
  secret: string | null;
  ledger: LedgerConfig;
  /** Largest upload (an eval result file), in bytes. */
  uploadLimit: number;
  /** Failed sign-ins that one client address may make before it has to wait. */
  signInLimit: number;
  /** Addresses (or CIDR ranges) of proxies whose X-Forwarded-* headers are believed. */
  trustedProxies: string[];
  /** Seconds that running requests get to finish once the process was asked to stop. */
  shutdownGrace: number;
  /** Demo data and demo people with a known password. Loopback only. */
  demo: boolean;
  /** Null: people sign in with passwords alone. */
  oidc: OidcConfig | null;
};

/** Injection token of the Config. */
export const CONFIG = Symbol('config');

import { generateKeyPairSync } from 'node:crypto';

/** A new private key, as HOLDPOINT_LEDGER_KEY takes it, and its public half. */
export function newLedgerKey(): { privatePem: string; publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

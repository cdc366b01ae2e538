import { hash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Checkpoints } from '../../apps/api/src/platform/ledger/checkpoints.js';
import { sealEntry } from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';
import { withClient } from './postgres.js';
import { onDatabase } from './seed.js';

export const ledgerSize = { chains: 100, perCheckpoint: 100, checkpoints: 100 };

interface Row {
  id: string;
  chain: string;
  seq: number;
  at: string;
  prevHash: string;
  hash: string;
  canonical: string;
}

/** The next entries of a chain, of the size and shape that promotions have. */
function rows(chain: string, from: number, count: number, head: string, person: string): Row[] {
  const made: Row[] = [];
  let prevHash = head;
  for (let seq = from; seq < from + count; seq += 1) {
    const id = uuidv7();
    const at = new Date(1_790_000_000_000 + seq * 1000).toISOString();
    const sealed = sealEntry({
      ...{ v: 2, id, chain, seq, at, act: 'promotion.executed', prevHash, requestId: id },
      actor: { id: person, kind: 'user', key: null, responsible: [person] },
      subject: { kind: 'promotion', id, digest: `sha256:${hash('sha256', id)}` },
      data: { kind: 'climb', stageKey: 'internal', releaseId: id, leftReleaseId: null, moveId: id },
      ...{ readiness: `sha256:${hash('sha256', chain)}`, reasonHash: null },
    });
    made.push({ id, chain, seq, at, prevHash, ...sealed });
    prevHash = sealed.hash;
  }
  return made;
}

const insert = `
  INSERT INTO ledger_entry (id, chain, seq, at, act, actor_id, actor_kind, subject_kind, subject_id, request_id, prev_hash, hash, canonical)
  SELECT e.id, e.chain, e.seq, e.at, 'promotion.executed', $2, 'user', 'promotion', e.id::text, e.id::text, e."prevHash", e.hash, e.canonical
  FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, chain text, seq bigint, at timestamptz, "prevHash" text, hash text, canonical text)`;
const head = `
  INSERT INTO ledger_chain (chain, seq, head_hash, last_at)
  SELECT h.chain, h.seq, h.hash, h.at FROM jsonb_to_recordset($1::jsonb) AS h(chain text, seq bigint, hash text, at timestamptz)
  ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq, head_hash = excluded.head_hash, last_at = excluded.last_at`;

/**
 * A ledger of a million entries in a hundred chains and as many checkpoints. Its rows are written by SQL, past the
 * triggers, as fast as they can be; its checkpoints are the product's own. @returns the cookie of an auditor.
 */
export const seedLedger = (url: string, privatePem: string): Promise<{ cookie: string }> =>
  onDatabase(
    url,
    async (world) => {
      const auditor = await world.person({ organisationRoles: ['auditor'] });
      const { chains, perCheckpoint, checkpoints } = ledgerSize;
      const heads = new Map(Array.from({ length: chains }, () => [uuidv7(), '0'.repeat(64)]));
      await withClient(url, async (client) => {
        await client.query('SET session_replication_role = replica');
        for (let round = 0; round < checkpoints; round += 1) {
          const last: Row[] = [];
          const all: Row[] = [];
          for (const [chain, before] of heads) {
            const made = rows(chain, round * perCheckpoint + 1, perCheckpoint, before, auditor.userId);
            const end = made.at(-1);
            if (!end) continue;
            all.push(...made);
            last.push(end);
            heads.set(chain, end.hash);
          }
          await client.query(insert, [JSON.stringify(all), auditor.userId]);
          await client.query(head, [JSON.stringify(last.map(({ canonical: _canonical, ...row }) => row))]);
          await world.app.get(Checkpoints).take();
        }
        await client.query('VACUUM ANALYZE');
      });
      return { cookie: auditor.cookie };
    },
    { HOLDPOINT_LEDGER_KEY: privatePem },
  );

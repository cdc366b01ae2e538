import { followed, linkProblem, startOfChain } from '@holdpoint/client/ledger/chain.domain.js';
import type { Database } from '../../apps/api/src/platform/database/database.js';
import { digestOfText, sha256Hex } from '../../apps/api/src/platform/digest/digest.js';
import type { LedgerContent } from '../../apps/api/src/platform/ledger/ledger-entry.domain.js';

interface ExecutedData {
  stageKey: string;
  releaseId: string;
  leftReleaseId: string | null;
  readinessRecordId: string;
}

/** Where state, ledger and pointers of a workflow contradict each other, in words; empty where they agree. */
export async function contradictions({ client }: Database, workflowId: string): Promise<string[]> {
  const found: string[] = [];
  const entries = await client.ledgerEntry.findMany({
    where: { chain: workflowId },
    orderBy: { seq: 'asc' },
  });
  let chain = startOfChain(workflowId);
  for (const entry of entries) {
    const hash = sha256Hex(entry.canonical);
    const link = { ...(JSON.parse(entry.canonical) as LedgerContent), hash };
    const problem = linkProblem(chain, link);
    if (problem) return [`ledger entry ${String(problem.seq)}: ${problem.problem}`];
    if (hash !== entry.hash) return [`ledger entry ${String(entry.seq)} does not have its hash`];
    chain = followed(link);
  }
  const head = await client.ledgerChain.findUniqueOrThrow({ where: { chain: workflowId } });
  if (Number(head.seq) !== entries.length || head.headHash !== chain.headHash)
    found.push('the head is not the last entry');

  const intervals = await client.occupancy.findMany({ where: { workflowId }, orderBy: { from: 'asc' } });
  const executed = entries.filter((entry) => entry.act === 'promotion.executed');
  if (executed.length !== intervals.length) {
    found.push(`${String(executed.length)} entries of moves, ${String(intervals.length)} intervals`);
  }
  const live = new Map<string, string>();
  for (const entry of executed) {
    const { data, readiness } = JSON.parse(entry.canonical) as {
      data: ExecutedData;
      readiness: string | null;
    };
    const interval = intervals.find((one) => one.ledgerEntryId === entry.id);
    const record = await client.readinessRecord.findUnique({ where: { id: data.readinessRecordId } });
    const move = await client.promotionMove.findFirst({
      where: { readinessRecordId: data.readinessRecordId },
    });
    if (interval?.releaseId !== data.releaseId || interval.stageKey !== data.stageKey)
      found.push(`${entry.id}: no such pointer`);
    if (record?.digest !== readiness || record.incompleteChecks !== 0)
      found.push(`${entry.id}: no such readiness`);
    if (record && digestOfText(record.canonical) !== record.digest)
      found.push(`${entry.id}: its readiness was altered`);
    if (move?.state !== 'executed') found.push(`${entry.id}: its move is ${move?.state ?? 'missing'}`);
    if ((live.get(data.stageKey) ?? null) !== data.leftReleaseId)
      found.push(`${entry.id}: it left another release`);
    live.set(data.stageKey, data.releaseId);
  }
  for (const stageKey of new Set(intervals.map((one) => one.stageKey))) {
    const stays = intervals.filter((one) => one.stageKey === stageKey);
    const gaps = stays.filter((one, index) => one.to?.getTime() !== stays[index + 1]?.from.getTime());
    if (gaps.length > 0) found.push(`${stageKey}: its intervals do not follow each other`);
    if (stays.at(-1)?.releaseId !== live.get(stageKey))
      found.push(`${stageKey}: the pointer is not what the ledger says`);
  }
  for (const promotion of await client.promotion.findMany({
    where: { workflowId },
    include: { moves: true },
  })) {
    const open = promotion.moves.some((move) => move.state === 'open');
    if (open !== (promotion.state === 'open'))
      found.push(`${promotion.id}: it is ${promotion.state}, its moves are not`);
  }
  const served = new Set([
    ...['promotion.executed', 'stage.revised', 'stage.revision_approved', 'contract.published'],
  ]);
  const { epoch } = await client.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  let core: unknown = null;
  const changes = ({ act, canonical }: { act: string; canonical: string }) => {
    if (act === 'promotion.executed') return true;
    if (act !== 'contract.published') return canonical.includes('"standing":"in_force"');
    // With the core, the failure behaviour that is served without a release.
    const before = core;
    core = (JSON.parse(canonical) as { data: { components: { core: string } } }).data.components.core;
    return core !== before;
  };
  const versions = entries.filter((entry) => served.has(entry.act) && changes(entry)).length;
  if (epoch !== versions)
    found.push(`epoch ${String(epoch)}, but what is served changed ${String(versions)} times`);
  return found;
}

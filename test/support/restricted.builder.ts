import { Emergency } from './break-glass.builder.js';
import { addPromptVersion } from './prompt.builder.js';
import { createRelease } from './release.builder.js';
import { reviseStage } from './stage.builder.js';
import type { StaffedTeam } from './team.builder.js';
import type { Person, World } from './world.js';

/** Ids of things of one workflow, by the names that operations know them under. */
export interface Belongings {
  workflowId: string;
  fullKey: string;
  name: string;
  ids: Record<string, string>;
}

/** A workflow that has one of everything that a workflow can have. */
export async function fullWorkflow(
  world: World,
  team: StaffedTeam,
  administrator: Person,
  restricted: boolean,
): Promise<Belongings> {
  const emergency = await Emergency.create(world, team, administrator);
  const { promotions, workflowId } = emergency;
  const { release, prompt, model } = promotions.workflow;
  const use = await emergency.brought();
  const grant = await emergency.grant({ personId: team.reviewer.userId });
  const next = await createRelease(world, workflowId, team.member, {
    promptVersionId: await addPromptVersion(
      world,
      prompt.id,
      team.member,
      `Second: {{ticket}} ${workflowId}`,
    ),
    ...{ modelConfigVersionId: model.versionId, parentReleaseId: release.id },
  });
  const promotion = await promotions.request({ release: next });
  const thinner = await reviseStage(world, workflowId, team, 'general', (definition) => ({
    ...definition,
    checks: { ...definition.checks, removed: ['WF-2'] },
  }));
  const act = <T>(mutation: string, selection: string, input: Record<string, unknown>) =>
    world.mustAct<T>(mutation, selection, { workflowId, ...input }, team.member);
  const { evalSuite } = await act<{ evalSuite: { id: string } }>('evalSuiteCreate', 'evalSuite { id }', {
    ...{ key: 'gate', name: 'Gate' },
  });
  const definition = {
    description: 'What it must reach',
    metrics: [{ name: 'accuracy', threshold: 0.9, minSamples: 1 }],
    minCasesPerCategory: { success: 1 },
  };
  await world.mustAct(
    'evalSuiteVersionCreate',
    'evalSuiteVersion { version }',
    { suiteId: evalSuite.id, expectedVersion: 0, definition },
    team.member,
  );
  const cases = [
    { caseId: 'one', outcome: 'pass', category: 'success', metrics: [{ name: 'accuracy', score: 1 }] },
  ];
  const { evalRun } = await act<{ evalRun: { id: string } }>('evalRunImport', 'evalRun { id }', {
    ...{ suiteId: evalSuite.id, releaseId: next.id },
    plain: { holdpoint: 'eval-run@1', label: 'nightly', cases },
  });
  const path = `/api/eval-uploads?workflowId=${workflowId}&suiteId=${evalSuite.id}&releaseId=${next.id}&format=plain&fileName=a.json`;
  const uploaded = await world.fetch(path, {
    ...{ method: 'POST', as: team.member, headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ holdpoint: 'eval-run@1', label: 'uploaded', cases }),
  });
  const { upload } = (await uploaded.json()) as { upload: { id: string } };
  const { waiver } = await act<{ waiver: { id: string } }>('waiverRequest', 'waiver { id }', {
    ...{ checkId: 'SF-1', reason: 'Later' },
    expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
  });
  const row = await world.db.workflow.update({
    where: { id: workflowId },
    data: { restricted },
    include: { team: true, components: true },
  });
  const entry = await world.db.ledgerEntry.findFirstOrThrow({ where: { chain: workflowId } });
  const core = row.components.find((component) => component.kind === 'core');
  return {
    ...{ workflowId, fullKey: `${row.team.key}.${row.key}`, name: row.name },
    ids: {
      ...{ workflowId, releaseId: next.id, parentReleaseId: release.id, promotionId: promotion.id },
      ...{ incidentId: emergency.incident.id, grantId: grant.id, useId: use.id, waiverId: waiver.id },
      ...{ suiteId: evalSuite.id, evalRunId: evalRun.id, uploadId: upload.id, entryId: entry.id },
      ...{ stageRevisionId: thinner.stageRevision?.id ?? '', core: core?.id ?? '' },
    },
  };
}

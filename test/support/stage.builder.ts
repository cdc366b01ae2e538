import type { StageDefinition } from '../../apps/api/src/contract.js';
import { checklistFile } from '../../apps/api/src/modules/checklist/checklist-file.js';
import type { StaffedTeam } from './team.builder.js';
import type { World } from './world.js';

export interface StageState {
  key: string;
  current: { id: string; revision: number; definition: StageDefinition; effect: string };
  pending: { id: string; revision: number; effect: string; viewerCanApprove: boolean }[];
  occupant: { release: { id: string; number: number }; origin: string; from: string } | null;
  baseline: { id: string } | null;
  openPromotion: { id: string } | null;
}

const stageFields = `key current { id revision definition effect } pending { id revision effect viewerCanApprove }
  occupant { release { id number } origin from } baseline { id } openPromotion { id }`;

/** The stages of a workflow, by key. */
export async function stagesOf(
  world: World,
  workflowId: string,
  team: StaffedTeam,
): Promise<Record<string, StageState>> {
  const { workflow } = await world.gql<{ workflow: { stages: StageState[] } }>(
    `query ($id: ID!) { workflow(id: $id) { stages { ${stageFields} } } }`,
    { id: workflowId },
    { as: team.reviewer },
  );
  return Object.fromEntries(workflow.stages.map((stage) => [stage.key, stage]));
}

export type Change = (definition: StageDefinition) => StageDefinition;

export interface RevisePayload {
  stageRevision: { id: string; revision: number; effect: string } | null;
  userErrors: { code: string; message: string; field: string[] | null }[];
}

/** Revises a stage, from what is in force. */
export async function reviseStage(
  world: World,
  workflowId: string,
  team: StaffedTeam,
  stageKey: string,
  change: Change,
): Promise<RevisePayload> {
  const stage = (await stagesOf(world, workflowId, team))[stageKey]!;
  return world.act(
    'stageRevise',
    'stageRevision { id revision effect }',
    {
      ...{ workflowId, stageKey, expectedRevision: stage.current.revision },
      ...{ definition: change(stage.current.definition), reason: 'What this test is about needs it' },
    },
    team.member,
  );
}

/** Takes away every check but these, with the second person that this needs. */
export async function thinStages(
  world: World,
  workflowId: string,
  team: StaffedTeam,
  stageKeys: readonly string[] = ['internal', 'limited', 'expanded', 'general'],
  kept: readonly string[] = ['WF-1', 'RO-5'],
): Promise<void> {
  const removed = checklistFile()
    .checks.map((check) => check.id)
    .filter((id) => !kept.includes(id));
  for (const stageKey of stageKeys) {
    const { stageRevision } = await reviseStage(world, workflowId, team, stageKey, (definition) => ({
      ...definition,
      checks: { added: [], removed },
    }));
    await world.mustAct(
      'stageRevisionApprove',
      'stageRevision { id }',
      { stageRevisionId: stageRevision!.id },
      team.reviewer,
    );
  }
}

import type { Lever as LeverKind } from '../workflow/contract.schema.js';
import { effectiveRelease } from './effective.domain.js';
import { overlayKind } from './overlay-kind.domain.js';
import { overruledStages, type OverruledStage } from './preview.domain.js';
import type { RollbackPlan } from './rollback.domain.js';
import type { OpenOverlay, PinnedStep, Standing, StandingRelease } from './standing.domain.js';

export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** What would be served instead, as far as an application can trip over it. */
interface Target {
  readonly name: string;
  readonly outputId: string;
  readonly steps: readonly Pick<PinnedStep, 'name' | 'variables' | 'model' | 'isAlias'>[];
}

const shapeOf = (steps: Target['steps']) =>
  steps.map(({ name, variables }) => `${name}: ${[...new Set(variables)].sort().join(', ')}`).sort();

/** A derived release is made of components of releases that were live; they are looked up there. */
function derivedTarget(standing: Standing, plan: RollbackPlan): Target | null {
  if (!plan.replacement || !('derived' in plan.replacement)) return null;
  const { from, steps } = plan.replacement.derived;
  const known = [...standing.releases.values()].flatMap((release) => release.steps);
  return {
    name: `What is made of ${from.alias}`,
    outputId: from.outputId,
    steps: steps.flatMap(({ name, promptVersionId, modelConfigVersionId }) => {
      const prompt = known.find((step) => step.promptVersionId === promptVersionId);
      const model = known.find((step) => step.modelConfigVersionId === modelConfigVersionId);
      if (!prompt || !model) return [];
      return [{ name, variables: prompt.variables, model: model.model, isAlias: model.isAlias }];
    }),
  };
}

function targetOf(standing: Standing, plan: RollbackPlan): Target | null {
  if (!plan.replacement || !('release' in plan.replacement)) return derivedTarget(standing, plan);
  const { alias, outputId, steps } = plan.replacement.release;
  return { name: alias, outputId, steps };
}

/** The application reads what is served now: other fields, or variables that it does not fill, break it. */
function shapeWarnings(left: StandingRelease, target: Target): Warning[] {
  const [before, after] = [shapeOf(left.steps), shapeOf(target.steps)];
  return [
    ...(left.outputId === target.outputId
      ? []
      : [
          {
            code: 'OUTPUT_SCHEMA',
            message: `${target.name} answers with another output schema than ${left.alias}`,
          },
        ]),
    ...(before.join('\n') === after.join('\n')
      ? []
      : [
          {
            code: 'VARIABLES',
            message: `${target.name} takes other variables (${after.join('; ')}) than ${left.alias} (${before.join('; ')})`,
          },
        ]),
  ];
}

/**
 * No registry is told when a provider retires a model. That one is still offered shows in its running now; every step
 * whose model does not, and every moving alias, is named.
 */
function modelWarnings(running: ReadonlySet<string>, { name, steps }: Target): Warning[] {
  return steps
    .filter(({ model, isAlias }) => isAlias || !running.has(model))
    .map((step) => ({
      code: 'MODEL_RETIRED',
      message: step.isAlias
        ? `${name} runs ${step.model} in ${step.name}, a moving alias: it may mean another model than it did`
        : `${name} runs ${step.model} in ${step.name}, which nothing that is served now runs: whether its provider still offers it is not recorded here`,
    }));
}

function runningModels(standing: Standing): Set<string> {
  const served = standing.stages.flatMap(
    (stage) => standing.releases.get(effectiveRelease(standing, stage) ?? '') ?? [],
  );
  return new Set(served.flatMap(({ steps }) => steps.map(({ model }) => model)));
}

function doesInWords({ levers }: OpenOverlay): string {
  const kind = overlayKind(levers);
  const fallback = levers.find((lever) => lever.kind === 'fallback');
  if (kind === 'fallback' && fallback) return `falls back to ${fallback.to}`;
  return { disable: 'has it turned off', fallback: 'falls back', serve: 'serves another release' }[
    kind === 'disableTool' ? 'serve' : kind
  ];
}

/** Where what is asked would take no effect yet: said before anybody believes that it helped. */
function overruledWarnings(standing: Standing, plan: RollbackPlan): Warning[] {
  const overruled = overruledStages(standing, plan);
  const groups = new Map<string, OverruledStage[]>();
  for (const one of overruled) {
    const key = one.by.map(({ rollbackNumber }) => rollbackNumber).join();
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((stages) => {
    const [first] = stages;
    if (!first) return [];
    const names = stages.map(({ stage }) => stage.name).join(', ');
    const isAll = stages.length === plan.stages.length;
    const whom = plan.asked.segment.length > 0 ? 'anybody in the segment' : 'anybody';
    const by = first.by.map((one) => `rollback #${String(one.rollbackNumber)}`).join(' and ');
    const does = [...new Set(first.by.map(doesInWords))].join(' and ');
    const [lies, comes] = first.by.length === 1 ? ['lies', 'comes'] : ['lie', 'come'];
    return [
      {
        code: 'OVERRULED',
        message: `Nothing changes ${isAll ? `for ${whom}` : `in ${names}`} while ${by} ${lies} over it, which ${does} ${isAll ? `in ${names}` : 'there'} and ${comes} first. What is asked takes effect when that is ended`,
      },
    ];
  });
}

/** Where it would change nothing yet, and what an application might trip over; a rollback goes on all the same. */
export function previewWarnings(standing: Standing, plan: RollbackPlan): Warning[] {
  const target = targetOf(standing, plan);
  const left = [...new Set(plan.left.map(({ releaseId }) => releaseId))].flatMap(
    (id) => standing.releases.get(id) ?? [],
  );
  const running = runningModels(standing);
  for (const { steps } of left) for (const { model } of steps) running.add(model);
  const unnamed = [...new Set(plan.asked.levers.map(({ kind }) => kind))].filter(
    (kind: LeverKind) => standing.namedLevers.length > 0 && !standing.namedLevers.includes(kind),
  );
  return [
    ...overruledWarnings(standing, plan),
    ...(target ? left.flatMap((release) => shapeWarnings(release, target)) : []),
    ...(target ? modelWarnings(running, target) : []),
    ...unnamed.map((kind) => ({
      code: 'LEVER_NOT_HONOURED',
      message: `The contract does not name ${kind} among its levers: applications may not be prepared for it`,
    })),
  ];
}

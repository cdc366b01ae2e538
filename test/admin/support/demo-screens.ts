import { demoEmail, demoPassword, type DemoPersonKey } from '../../../apps/api/src/demo/people.js';
import type { World } from '../../support/world.js';

export interface Screen {
  name: string;
  path: string;
  /** Who opens it; nobody is signed in where it is null. */
  as: DemoPersonKey | null;
}

interface Ids {
  workflows: {
    nodes: {
      id: string;
      fullKey: string;
      latestRelease: { id: string } | null;
      openPromotions: { id: string }[];
      promotions: { nodes: { id: string; breakGlassUse: { id: string } | null }[] };
      incidents: { nodes: { id: string }[] };
      rollbacks: { nodes: { id: string; number: number; kind: string }[] };
      evalSuites: { id: string }[];
      evalRuns: { nodes: { id: string }[] };
    }[];
  };
  prompts: { nodes: { id: string }[] };
  modelConfigs: { nodes: { id: string }[] };
  teams: { nodes: { id: string }[] };
  ledger: { nodes: { id: string }[] };
}

const idsQuery = `{
  workflows { nodes { id fullKey latestRelease { id } openPromotions { id } promotions { nodes { id breakGlassUse { id } } }
    incidents { nodes { id } } rollbacks { nodes { id number kind } }
    evalSuites { id } evalRuns { nodes { id } } } }
  prompts { nodes { id } } modelConfigs { nodes { id } } teams { nodes { id } }
  ledger(first: 1, filter: { act: "promotion.executed" }) { nodes { id } } }`;

/** Every screen of the console over the demo's data: each workflow, and of everything else one. */
export async function demoScreens(world: World): Promise<Screen[]> {
  const cookie = await world.signIn(demoEmail('reviewer'), demoPassword);
  const ids = await world.gql<Ids>(idsQuery, {}, { headers: { cookie } });
  const as = 'reviewer';
  const at = (name: string, path: string): Screen => ({ name, path, as });
  const full = ids.workflows.nodes.find((w) => w.openPromotions.length > 0) ?? ids.workflows.nodes[0];
  if (!full) throw new Error('The demo has no workflow');
  const base = `/workflows/${full.id}`;
  const [run] = full.evalRuns.nodes;
  const [suite] = full.evalSuites;
  const promotions = [...full.openPromotions, ...full.promotions.nodes].slice(0, 2);
  return [
    { name: 'sign-in', path: '/login', as: null },
    { name: 'first administrator', path: '/setup?token=one-time', as: null },
    { name: 'new password', path: '/reset#one-time', as: null },
    at('home', '/'),
    at('account', '/account'),
    at('workflows', '/workflows'),
    at('register a workflow', '/workflows/new'),
    ...ids.workflows.nodes.map((w) => at(`workflow ${w.fullKey}`, `/workflows/${w.id}`)),
    ...ids.workflows.nodes.slice(0, 2).map((w) => at(`contract ${w.fullKey}`, `/workflows/${w.id}/contract`)),
    at('operating record', `${base}/operating`),
    at('releases', `${base}/releases`),
    at('new release', `${base}/releases/new`),
    ...(full.latestRelease ? [at('release', `${base}/releases/${full.latestRelease.id}`)] : []),
    at('evals', `${base}/evals`),
    ...(run ? [at('eval run', `${base}/evals/runs/${run.id}`)] : []),
    ...(suite ? [at('eval suite', `${base}/evals/suites/${suite.id}`)] : []),
    at('checks', `${base}/checks`),
    at('answer a check', `${base}/checks/SF-1`),
    at('stages', `${base}/stages`),
    at('stage', `${base}/stages/limited`),
    at('activity', `${base}/activity`),
    ...ids.workflows.nodes.flatMap((w) => incidentScreens(w, at)),
    ...ids.workflows.nodes.flatMap((w) => liveScreens(w, at)),
    at('retire', `${base}/retire`),
    { name: 'live, by who may not act', path: `/live/${full.fullKey}`, as: 'author' },
    at('promotions', '/promotions'),
    ...promotions.map((one, index) => at(`promotion ${String(index + 1)}`, `/promotions/${one.id}`)),
    at('prompts', '/prompts'),
    at('new prompt', '/prompts/new'),
    ...ids.prompts.nodes
      .slice(0, 1)
      .flatMap(({ id }) => [at('prompt', `/prompts/${id}`), at('new prompt version', `/prompts/${id}/new`)]),
    at('models', '/models'),
    at('new model config', '/models/new'),
    ...ids.modelConfigs.nodes
      .slice(0, 1)
      .flatMap(({ id }) => [
        at('model config', `/models/${id}`),
        at('new model version', `/models/${id}/new`),
      ]),
    at('teams', '/teams'),
    ...ids.teams.nodes
      .slice(0, 1)
      .map(({ id }) => ({ name: 'team', path: `/teams/${id}`, as: 'administrator' as const })),
    { name: 'organisation', path: '/organisation', as: 'administrator' },
    { name: 'API keys', path: '/keys', as: 'administrator' },
    { name: 'organisation check', path: '/organisation/checks/AR-3', as: 'security' },
    ...auditorScreens(full.id, ids.ledger.nodes[0]?.id ?? ''),
    at('an address that leads nowhere', '/nowhere'),
  ];
}

type WorkflowIds = Ids['workflows']['nodes'][number];

/** Incidents of a workflow that has some, and the promotions that came past their gates. */
function incidentScreens(workflow: WorkflowIds, at: (name: string, path: string) => Screen): Screen[] {
  const [incident] = workflow.incidents.nodes;
  if (!incident) return [];
  const base = `/workflows/${workflow.id}/incidents`;
  const uses = workflow.promotions.nodes.flatMap(({ breakGlassUse }) => breakGlassUse ?? []);
  return [
    at(`incidents ${workflow.fullKey}`, base),
    { name: `incident ${workflow.fullKey}`, path: `${base}/${incident.id}`, as: 'administrator' },
    ...uses.map(({ id }) => at(`break-glass ${workflow.fullKey}`, `/break-glass/${id}`)),
  ];
}

/** What is live of a workflow, for whoever is on call, and one of each kind of what was done there. */
function liveScreens(workflow: WorkflowIds, at: (name: string, path: string) => Screen): Screen[] {
  const { id, fullKey, rollbacks } = workflow;
  const one = (kind: string) => rollbacks.nodes.filter((rollback) => rollback.kind === kind).slice(0, 1);
  return [
    { name: `live ${fullKey}`, path: `/live/${fullKey}`, as: 'oncall' },
    at(`live and left by rollbacks ${fullKey}`, `/workflows/${id}/live`),
    ...[...one('rollback'), ...one('drill')].flatMap(({ id: rollbackId, number, kind }): Screen[] => [
      {
        ...{ name: `progress of a ${kind} ${fullKey}`, as: 'oncall' },
        path: `/live/${fullKey}/rollbacks/${String(number)}`,
      },
      at(`${kind} ${fullKey}`, `/workflows/${id}/rollbacks/${rollbackId}`),
    ]),
  ];
}

/** Where an auditor looks; the demo has been live for longer than a month. */
function auditorScreens(workflowId: string, entryId: string): Screen[] {
  const at = encodeURIComponent(new Date(Date.now() - 21 * 86_400_000).toISOString());
  const as = 'auditor';
  return [
    { name: 'ledger', path: '/ledger', as },
    { name: 'ledger entry', path: `/ledger/${entryId}`, as },
    { name: 'ledger export', path: '/ledger-export', as },
    { name: 'what was live', path: `/as-of?at=${at}`, as },
    { name: 'what was live between', path: `/as-of?mode=between&from=${at}`, as },
    { name: 'what a stage stood on', path: `/as-of/${workflowId}/internal?at=${at}`, as },
  ];
}

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
      promotions: { nodes: { id: string }[] };
      evalSuites: { id: string }[];
      evalRuns: { nodes: { id: string }[] };
    }[];
  };
  prompts: { nodes: { id: string }[] };
  modelConfigs: { nodes: { id: string }[] };
  teams: { nodes: { id: string }[] };
}

const idsQuery = `{
  workflows { nodes { id fullKey latestRelease { id } openPromotions { id } promotions { nodes { id } }
    evalSuites { id } evalRuns { nodes { id } } } }
  prompts { nodes { id } } modelConfigs { nodes { id } } teams { nodes { id } } }`;

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
    at('home', '/'),
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
    { name: 'organisation check', path: '/organisation/checks/AR-3', as: 'security' },
    { name: 'ledger', path: '/ledger', as: 'auditor' },
    at('an address that leads nowhere', '/nowhere'),
  ];
}

import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { ReleaseContent } from './compile-snapshot.domain.js';

interface Row extends Pick<ReleaseContent, 'id' | 'digest' | 'number' | 'alias'> {
  workflowId: string;
  core: string;
  output: string;
  tools: string | null;
  budgets: string | null;
  steps: {
    name: string;
    prompt: { name: string; version: number; digest: string; canonical: string; variables: string[] };
    model: {
      name: string;
      version: number;
      provider: string;
      model: string;
      digest: string;
      canonical: string;
    };
  }[];
}

type Core = Pick<ReleaseContent, 'autonomyMode'>;
type Tools = {
  tools: { name: string; effect?: 'read' | 'write' | 'irreversible' }[];
  limits?: ReleaseContent['limits'];
};
type Prompt =
  { format: 'text'; text: string } | { format: 'chat'; messages: { role: string; content: string }[] };

function contentOf({ id, digest, number, alias, core, output, tools, budgets, steps }: Row): ReleaseContent {
  const named = tools === null ? null : (JSON.parse(tools) as Tools);
  const limits = named?.limits ?? null;
  return {
    ...{ id, digest, number, alias, autonomyMode: (JSON.parse(core) as Core).autonomyMode },
    // A tool of which nobody said what it does is taken for the worst.
    tools: (named?.tools ?? []).map(({ name, effect = 'irreversible' }) => ({ name, effect })),
    steps: steps.map(({ name, prompt: { canonical, ...prompt }, model: { canonical: config, ...model } }) => {
      const content = JSON.parse(canonical) as Prompt;
      const template = content.format === 'text' ? content.text : content.messages;
      const { parameters } = JSON.parse(config) as { parameters: Record<string, unknown> };
      return {
        name,
        prompt: { ...prompt, format: content.format, template },
        model: { ...model, parameters },
      };
    }),
    limits: limits !== null && Object.keys(limits).length > 0 ? limits : null,
    budgets: budgets === null ? null : (JSON.parse(budgets) as ReleaseContent['budgets']),
    outputSchema: (JSON.parse(output) as { schema: Record<string, unknown> }).schema,
  };
}

/** What is in releases, which never changes: one statement for any number of them. */
@Injectable()
export class ReleaseContentReads {
  constructor(private readonly database: Database) {}

  async byIds(ids: readonly string[]): Promise<(ReleaseContent & { workflowId: string })[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.client.$queryRaw<Row[]>`
      SELECT r.id::text AS id, r.workflow_id::text AS "workflowId", r.digest, r.number, r.alias,
        core.canonical AS core, output.canonical AS output, tools.canonical AS tools, budgets.canonical AS budgets,
        (SELECT coalesce(json_agg(json_build_object('name', s.name,
            'prompt', json_build_object('name', pt.key || '/' || p.key, 'version', pv.version, 'digest', pv.digest,
              'canonical', pv.canonical, 'variables', pv.variables),
            'model', json_build_object('name', mt.key || '/' || m.key, 'version', mv.version, 'provider', mv.provider,
              'model', mv.model, 'digest', mv.digest, 'canonical', mv.canonical)) ORDER BY s.position), '[]')
          FROM release_step s
          JOIN prompt_version pv ON pv.id = s.prompt_version_id JOIN prompt p ON p.id = pv.prompt_id
          JOIN team pt ON pt.id = p.team_id
          JOIN model_config_version mv ON mv.id = s.model_config_version_id
          JOIN model_config m ON m.id = mv.model_config_id JOIN team mt ON mt.id = m.team_id
          WHERE s.release_id = r.id) AS steps
      FROM release r
      JOIN contract_component core ON core.id = r.core_id
      JOIN contract_component output ON output.id = r.output_id
      LEFT JOIN contract_component tools ON tools.id = r.tools_id
      LEFT JOIN contract_component budgets ON budgets.id = r.budgets_id
      WHERE r.id = ANY(${[...ids]}::uuid[])`;
    return rows.map((row) => ({ ...contentOf(row), workflowId: row.workflowId }));
  }
}

import type { Person, World } from './world.js';

export interface LiveNode {
  id: string;
  /** Null: whoever is in no stage. */
  stageKey: string | null;
  stageName: string | null;
  since: string;
  until: string | null;
  origin: string;
  workflow: { id: string; fullKey: string };
  /** Null: nothing was live there, and something lay over it. */
  release: { id: string; number: number; digest: string } | null;
  definitions: {
    since: string;
    until: string | null;
    revision: { revision: number; definition: { audience: { percentage: number } } };
  }[];
  overlaidBy: {
    id: string;
    isDrill: boolean;
    rollbackNumber: number;
    segment: unknown;
    levers: { kind: string; to: string | null; tool: string | null; releaseId: string | null }[];
    since: string;
    until: string | null;
    endedBy: string | null;
    entry: { act: string; seq: number };
    overruledBy: { rollbackNumber: number }[];
  }[];
  promotion: { id: string } | null;
  adoption: { id: string } | null;
  reviews: { verdict: string; digest: string; reviewer: { name: string } }[];
  readiness: {
    digest: string;
    incompleteChecks: number;
    readiness: { digest: string; gates: { checks: { id: string; evidence: { label: string }[] }[] }[] };
  } | null;
  entry: { act: string; seq: number; hash: string; actor: { id: string; name: string } | null } | null;
  endedBy: { act: string; seq: number; hash: string } | null;
}

const nodeFields = `id stageKey since until origin workflow { id fullKey } release { id number digest }
  definitions { since until revision { revision definition } }
  overlaidBy { id isDrill rollbackNumber segment levers { kind to tool releaseId } since until endedBy } promotion { id } adoption { id }
  reviews { verdict digest reviewer { name } }
  readiness { digest incompleteChecks readiness { digest gates { checks { id evidence { label } } } } }
  entry { act seq hash actor { id name } } endedBy { act seq hash }`;

export interface LiveList {
  totalCount: number;
  from: string;
  to: string | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: LiveNode[];
}

/** Questions about what was live when, asked by one person. */
export class AsOf {
  constructor(
    readonly world: World,
    readonly as: Person,
    /** Of each pointer; fewer where many are asked for. */
    private readonly fields = nodeFields,
  ) {}

  async stageAt(workflowId: string, stageKey: string, at: Date | string): Promise<LiveNode | null> {
    const query = `query ($workflowId: ID!, $stageKey: String!, $at: DateTime!) {
      stageAt(workflowId: $workflowId, stageKey: $stageKey, at: $at) { ${this.fields} } }`;
    const variables = { workflowId, stageKey, at };
    return (await this.world.gql<{ stageAt: LiveNode | null }>(query, variables, { as: this.as })).stageAt;
  }

  async asOf(at: Date | string | null, more: Record<string, unknown> = {}): Promise<LiveList> {
    const query = `query ($at: DateTime, $first: Int, $after: String, $filter: LiveFilter) {
      asOf(at: $at, first: $first, after: $after, filter: $filter) {
        totalCount from to pageInfo { hasNextPage endCursor } nodes { ${this.fields} } } }`;
    const variables = { first: 40, ...more, at };
    return (await this.world.gql<{ asOf: LiveList }>(query, variables, { as: this.as })).asOf;
  }

  async between(
    from: Date | string,
    to: Date | string | null,
    more: Record<string, unknown> = {},
  ): Promise<LiveList> {
    const query = `query ($from: DateTime!, $to: DateTime, $first: Int, $after: String, $filter: LiveFilter) {
      liveBetween(from: $from, to: $to, first: $first, after: $after, filter: $filter) {
        totalCount from to pageInfo { hasNextPage endCursor } nodes { ${this.fields} } } }`;
    const variables = { first: 40, ...more, from, to };
    return (await this.world.gql<{ liveBetween: LiveList }>(query, variables, { as: this.as })).liveBetween;
  }
}

import type { DataProvider, GetListParams, RaRecord } from 'react-admin';
import {
  ModelListDocument,
  PeopleDocument,
  PromotionListDocument,
  PromptListDocument,
  TeamListDocument,
  WorkflowListDocument,
  type PromotionFilter,
  type WorkflowFilter,
  type WorkflowOrder,
} from './generated/documents.js';
import { ApiFault, request } from './request.js';

interface Slice {
  first: number;
  offset: number;
}
interface Page {
  nodes: RaRecord[];
  totalCount: number;
}
type Reader = (slice: Slice, params: GetListParams) => Promise<Page>;
interface Named {
  search?: string;
  teamId?: string;
}

/** An empty filter value is no filter. */
function filterOf<T>(params: GetListParams): T {
  const entries = Object.entries(params.filter as Record<string, unknown>);
  return Object.fromEntries(entries.filter(([, value]) => value !== '' && value != null)) as T;
}

function workflowOrder({ sort }: GetListParams): WorkflowOrder {
  const field = sort?.field === 'created' ? 'created' : 'name';
  return `${field}_${sort?.order === 'DESC' ? 'desc' : 'asc'}`;
}

/** What each list of the console reads. Order and filters are the server's; the console never sorts by itself. */
const readers: Record<string, Reader> = {
  workflows: async (slice, params) =>
    (
      await request(WorkflowListDocument, {
        ...slice,
        orderBy: workflowOrder(params),
        filter: filterOf<WorkflowFilter>(params),
      })
    ).workflows,
  promotions: async (slice, params) =>
    (await request(PromotionListDocument, { ...slice, filter: filterOf<PromotionFilter>(params) }))
      .promotions,
  prompts: async (slice, params) =>
    (await request(PromptListDocument, { ...slice, ...filterOf<Named>(params) })).prompts,
  models: async (slice, params) =>
    (await request(ModelListDocument, { ...slice, ...filterOf<Named>(params) })).modelConfigs,
  teams: async (slice) => (await request(TeamListDocument, { ...slice })).teams,
  people: async (slice, params) =>
    (await request(PeopleDocument, { ...slice, ...filterOf<Named>(params) })).users,
};

async function getList(
  resource: string,
  params: GetListParams,
): Promise<{ data: RaRecord[]; total: number }> {
  const reader = readers[resource];
  if (!reader) throw new ApiFault(`There is no list of ${resource}.`, 404, 'NOT_FOUND');
  const { page, perPage } = params.pagination ?? { page: 1, perPage: 25 };
  const { nodes, totalCount } = await reader({ first: perPage, offset: (page - 1) * perPage }, params);
  return { data: nodes, total: totalCount };
}

/** Changing things is not generic: every change is a named act (see use-act.ts). */
function refuse(): never {
  throw new Error('The console changes nothing through generic create, update or delete.');
}

/** Lists for react-admin. Screens about one thing read exactly what they show through `useApi`. */
export const dataProvider = {
  supportAbortSignal: false,
  getList,
  getOne: refuse,
  getMany: refuse,
  getManyReference: refuse,
  create: refuse,
  update: refuse,
  updateMany: refuse,
  delete: refuse,
  deleteMany: refuse,
} as unknown as DataProvider;

import { lazy, type ComponentType } from 'react';

/** A screen that is fetched when it is first opened. */
function page<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  return lazy(async () => ({ default: (await load())[name] }));
}

export const WorkflowList = page(() => import('../workflows/workflow-list.js'), 'WorkflowList');
export const WorkflowNew = page(() => import('../workflows/workflow-new.js'), 'WorkflowNew');
export const WorkflowPages = page(() => import('../workflows/workflow-pages.js'), 'WorkflowPages');
export const PromotionList = page(() => import('../promotions/promotion-list.js'), 'PromotionList');
export const PromotionPage = page(() => import('../promotions/promotion-page.js'), 'PromotionPage');
export const PromptList = page(() => import('../prompts/prompt-list.js'), 'PromptList');
export const PromptNew = page(() => import('../prompts/prompt-new.js'), 'PromptNew');
export const PromptPage = page(() => import('../prompts/prompt-page.js'), 'PromptPage');
export const PromptVersionNew = page(() => import('../prompts/prompt-version-new.js'), 'PromptVersionNew');
export const ModelList = page(() => import('../models/model-list.js'), 'ModelList');
export const ModelNew = page(() => import('../models/model-new.js'), 'ModelNew');
export const ModelPage = page(() => import('../models/model-page.js'), 'ModelPage');
export const ModelVersionNew = page(() => import('../models/model-version-new.js'), 'ModelVersionNew');
export const TeamList = page(() => import('../teams/team-list.js'), 'TeamList');
export const TeamPage = page(() => import('../teams/team-page.js'), 'TeamPage');
export const OrganisationPage = page(
  () => import('../organisation/organisation-page.js'),
  'OrganisationPage',
);
export const OrganisationCheckPage = page(
  () => import('../organisation/organisation-check-page.js'),
  'OrganisationCheckPage',
);
export const KeysPage = page(() => import('../keys/keys-page.js'), 'KeysPage');
export const LedgerBrowser = page(() => import('../ledger/ledger-browser.js'), 'LedgerBrowser');
export const EntryPage = page(() => import('../ledger/entry-page.js'), 'EntryPage');
export const AsOfPage = page(() => import('../as-of/as-of-page.js'), 'AsOfPage');
export const BreakGlassPage = page(() => import('../break-glass/break-glass-page.js'), 'BreakGlassPage');
export const StageAtPage = page(() => import('../as-of/stage-at-page.js'), 'StageAtPage');
export const LedgerExportPage = page(() => import('../ledger/export-page.js'), 'LedgerExportPage');
export const AccountPage = page(() => import('../account/account-page.js'), 'AccountPage');
export const LivePage = page(() => import('../live/live-page.js'), 'LivePage');
export const ProgressPage = page(() => import('../live/progress-page.js'), 'ProgressPage');

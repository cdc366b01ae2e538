import type { CoreComponent, ToolsComponent } from './contract.schema.js';
import { riskTiers, type RiskTier } from './risk.schema.js';

export interface TierResult {
  tier: RiskTier;
  /** Why it is at least that, gravest first; empty for low. Sentences for people. */
  reasons: string[];
}

export type TierCore = Pick<CoreComponent, 'risk' | 'autonomyMode' | 'dataClasses' | 'pattern'>;
export type TierTools = { tools: Pick<ToolsComponent['tools'][number], 'name' | 'effect' | 'approval'>[] };

interface Trigger {
  tier: Exclude<RiskTier, 'low'>;
  when: (core: TierCore, tools: TierTools['tools']) => boolean;
  reason: (core: TierCore, tools: TierTools['tools']) => string;
}

const names = (tools: TierTools['tools']) => tools.map((tool) => tool.name).join(', ');
const bindingEffects = (core: TierCore) => {
  const effects: string[] = [];
  if (core.risk.money) effects.push('money');
  if (core.risk.legal) effects.push('legal commitments');
  if (core.risk.permissions) effects.push('permissions');
  return effects;
};
const isProtected = (core: TierCore) => core.dataClasses.some((c) => c === 'sensitive' || c === 'personal');
// Nothing unknown passes: a tool whose effect nobody declared counts as the worst one.
const irreversible = (tools: TierTools['tools']) =>
  tools.filter((tool) => (tool.effect ?? 'irreversible') === 'irreversible');
const writing = (tools: TierTools['tools']) => tools.filter((tool) => tool.effect !== 'read');

const triggers: readonly Trigger[] = [
  {
    tier: 'high',
    when: (_core, tools) => irreversible(tools).some((tool) => tool.approval !== 'human'),
    reason: (_core, tools) =>
      `Irreversible tools run without a person's approval: ${names(irreversible(tools).filter((tool) => tool.approval !== 'human'))}`,
  },
  {
    tier: 'high',
    when: (core) => bindingEffects(core).length > 0 && !core.risk.humanReviewsEveryOutput,
    reason: (core) =>
      `A wrong output can affect ${bindingEffects(core).join(', ')}, and nobody looks at every output first`,
  },
  {
    tier: 'high',
    when: (core) =>
      core.autonomyMode === 'autonomous' && (bindingEffects(core).length > 0 || core.risk.customerStatus),
    reason: () => 'It acts by itself where money, law, permissions or the status of a customer is at stake',
  },
  {
    tier: 'high',
    when: (core) =>
      core.dataClasses.includes('sensitive') &&
      (core.risk.publicStatement || core.risk.crossTenantRetrieval || core.autonomyMode === 'autonomous'),
    reason: () => 'Sensitive data meets public output, retrieval across tenants, or autonomous action',
  },
  {
    tier: 'high',
    when: (core) => core.risk.crossTenantRetrieval && isProtected(core) && !core.risk.humanReviewsEveryOutput,
    reason: () =>
      'Retrieval across tenants can reach personal or sensitive data, and nobody looks at every output',
  },
  {
    tier: 'medium',
    when: (_core, tools) => writing(tools).length > 0,
    reason: (_core, tools) => `Tools that change something: ${names(writing(tools))}`,
  },
  { tier: 'medium', when: isProtected, reason: () => 'It sees personal or sensitive data' },
  {
    tier: 'medium',
    when: (core) => core.risk.crossTenantRetrieval,
    reason: () => 'Retrieval can reach the data of more than one tenant',
  },
  {
    tier: 'medium',
    when: (core) => core.autonomyMode === 'autonomous',
    reason: () => 'It acts by itself',
  },
  {
    tier: 'medium',
    when: (core) => core.pattern === 'agentic_loop',
    reason: () => 'The model chooses its own next steps',
  },
  {
    tier: 'medium',
    when: (core) => bindingEffects(core).length > 0 || core.risk.customerStatus,
    reason: () => 'A wrong output can affect money, law, permissions or the status of a customer',
  },
  {
    tier: 'medium',
    when: (core) => core.risk.publicStatement,
    reason: () => 'Its output reaches the public without a person in between',
  },
];

/**
 * The risk tier of a contract. Our own rule: three tiers computed from the risk answers, with
 * write-capable tools, sensitive data and retrieval across tenants never low; the effects are those that the launch
 * checklist's question WF-4 names.
 *
 * High: irreversible (or undeclared) tools without approval; money, legal or permission effects that nobody reviews;
 * autonomous action on these or on a customer's status; sensitive data together with public output, retrieval across
 * tenants or autonomous action; unreviewed retrieval across tenants into personal data.
 * Medium: any tool that writes, personal or sensitive data, retrieval across tenants, autonomous action, an agentic
 * loop, or any of the effects at all. Low: none of these. A worse answer never lowers the tier.
 */
export function computeTier(core: TierCore, tools: TierTools | null): TierResult {
  const list = tools?.tools ?? [];
  const hit = triggers.filter((trigger) => trigger.when(core, list));
  return { tier: hit[0]?.tier ?? 'low', reasons: hit.map((trigger) => trigger.reason(core, list)) };
}

export const isAtLeast = (tier: RiskTier, other: RiskTier) =>
  riskTiers.indexOf(tier) >= riskTiers.indexOf(other);

/** The tier that counts: raised by hand above the computed one, never below it. */
export function effectiveTier(computed: RiskTier, raised: RiskTier | null): RiskTier {
  return raised !== null && isAtLeast(raised, computed) ? raised : computed;
}

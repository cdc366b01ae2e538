import type { Story } from './story.js';

interface DemoAnswer {
  comment: string;
  evidence: { kind: 'url'; value: string }[];
}

/** What the demo's people say, each with a link beside it to an address that is kept for examples. */
const said: Readonly<Record<string, string>> = {
  'WF-1': 'One input, one output, and the list of what it never does: narrow enough to test.',
  'WF-3': 'The fallback was shown to the desk and is described in the runbook.',
  'WF-4': 'Risk assessment read with the team; the tier holds.',
  'AR-1': 'The simpler pattern was tried first; the decision record has the figures.',
  'OUT-3': 'An integration test walks through every status.',
  'SF-3': 'The rules are enforced by the service that calls the model, not by the prompt.',
  'RO-2': 'Rehearsed with the person on call: fallback in under a minute.',
};

export function evidenceFor(checkId: string, story: Story): DemoAnswer {
  const comment = said[checkId] ?? 'Seen and recorded; the link has the details.';
  const path = `${story.team.key}/${story.workflow.key}/${checkId.toLowerCase()}`;
  return { comment, evidence: [{ kind: 'url', value: `https://wiki.example.com/${path}` }] };
}

/** Asked once for the whole organisation, and inherited by every workflow. */
export const organisationAnswers = [
  { checkId: 'AR-3', by: 'security', path: 'security/model-providers' },
  { checkId: 'OB-4', by: 'security', path: 'security/log-redaction' },
  { checkId: 'SF-4', by: 'administrator', path: 'product/ai-disclosure' },
  { checkId: 'SF-5', by: 'administrator', path: 'operations/incident-path' },
  { checkId: 'OW-5', by: 'administrator', path: 'people/llm-briefing' },
] as const;

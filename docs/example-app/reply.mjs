import { callModel } from './call-model.mjs';
import { findPassages } from './find-passages.mjs';

/** What the application does without a model. Each is something that worked before there was one. */
const withoutModel = {
  search: (ticket) => ({ reply: null, articles: `/help/search?q=${encodeURIComponent(ticket)}` }),
  templates: () => ({ reply: 'Thank you for writing to us. We will answer within a day.' }),
  people: () => ({ reply: null, handedTo: 'the support desk' }),
};

/**
 * Drafts a reply to a ticket, with whatever the registry says is served to this request.
 * @param {import('@holdpoint/client').Served} served asked once for the request, and kept for all of it
 * @param {string} ticket
 */
export async function draftReply(served, ticket) {
  const { release, stage, outcome, version, state } = served;
  const by = { release, stage, outcome, version: `${version.incarnation}.${version.epoch}`, state };
  if (served.isFallback) return { ...fallBack(served.fallbackTo, ticket), by };
  try {
    // A variable that the prompt has not is left out: the next prompt may have it again.
    const prompt = served.compile({ ticket, passages: await findPassages(ticket) });
    const reply = await callModel(served.model, prompt, { timeoutMs: served.limits?.timeoutMs });
    // What a person has to look at first is decided by the registry, not here.
    return { reply, isDraft: served.autonomyMode !== 'autonomous', withoutTools: served.disabledTools, by };
  } catch (error) {
    // The contract also says what to do when the model call itself fails.
    process.stderr.write(`No draft was made: ${error.message}\n`);
    return { ...fallBack(served.failure.fallback, ticket), by };
  }
}

function fallBack(to, ticket) {
  if (to === null) return { reply: null, isOff: true };
  return withoutModel[to](ticket);
}

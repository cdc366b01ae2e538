/**
 * The place where a model is called. It calls none: it answers with what it was sent, so that this example needs no
 * account and a test can see what a model would have seen. Replace it with your provider's client.
 * @param {{ provider: string, model: string, parameters: Record<string, unknown> }} model
 * @param {string | { role: string, content: string }[]} prompt
 * @param {{ timeoutMs?: number }} limits
 * @returns {Promise<string>}
 */
export async function callModel(model, prompt, { timeoutMs = 30_000 } = {}) {
  const sent = typeof prompt === 'string' ? prompt : prompt.map(({ content }) => content).join('\n');
  return Promise.resolve(`[${model.provider}/${model.model}, at most ${timeoutMs} ms] ${sent}`);
}

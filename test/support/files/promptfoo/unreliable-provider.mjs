/** Echoes like promptfoo's own echo provider, but fails when it is asked to. */
export default class UnreliableProvider {
  id() {
    return 'unreliable-echo';
  }

  async callApi(prompt) {
    if (prompt.includes('timed out')) return { error: 'upstream timed out' };
    return { output: prompt, tokenUsage: { prompt: 20, completion: 10, total: 30 }, cost: 0.0002 };
  }
}

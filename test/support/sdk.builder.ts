import { Holdpoint } from '../../packages/client/src/sdk/holdpoint-client.js';
import type { HoldpointOptions, Problem } from '../../packages/client/src/sdk/options.js';
import { thisProcess, type Surroundings, type Timings } from '../../packages/client/src/sdk/timings.js';

/** Patience for tests: everything that waits does so for a tenth or less. */
export const quick: Partial<Timings> = {
  ...{ requestMs: 2000, silenceMs: 1500, pollMs: 300, retryMs: 50, retryMostMs: 300 },
  ...{ heartbeatMs: 200, acknowledgeWithinMs: 5, closeMs: 300 },
};

/** The clients of one test, and what they had to say. */
export class Clients {
  readonly problems: Problem[] = [];
  private readonly open: Holdpoint[] = [];

  make(options: Partial<HoldpointOptions>, here: Partial<Surroundings> = {}): Holdpoint {
    const holdpoint = new Holdpoint(
      {
        ...{ key: 'hp_test', application: 'support-desk', timings: quick, timeoutMs: 1500 },
        onProblem: (problem) => this.problems.push(problem),
        ...options,
      },
      { ...thisProcess, env: {}, ...here },
    );
    this.open.push(holdpoint);
    return holdpoint;
  }

  async close(): Promise<void> {
    await Promise.all(this.open.splice(0).map((holdpoint) => holdpoint.close()));
  }
}

/** Notes when a client asks for streams, and when it gets them: by performance.now(). */
export class StreamWatch {
  readonly asked: number[] = [];
  readonly opened: number[] = [];

  readonly fetch: Surroundings['fetch'] = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname !== '/v1/stream') return thisProcess.fetch(input, init);
    this.asked.push(performance.now());
    const response = await thisProcess.fetch(input, init);
    if (response.ok) this.opened.push(performance.now());
    return response;
  };
}

/** Waits until it holds. Fails with the sentence where it does not within 5 s. */
export async function eventually(sentence: string, holds: () => boolean, patienceMs = 5000): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > until) throw new Error(`It never happened that ${sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

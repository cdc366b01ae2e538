/**
 * `fetch` loses sight of its signal once its request object has been collected, and then an abort ends nothing: a stream
 * would outlive its silence, and a process its own close. So whatever waits for the network here is ended by hand.
 */

/** Settles like the promise, or rejects when one of the signals is aborted. */
export function untilAborted<T>(promise: Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    };
    const abort = () => {
      end();
      reject(new Error('no answer in time'));
    };
    promise.then(resolve, reject).finally(end);
    if (signals.some(({ aborted }) => aborted)) abort();
    else for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  });
}

/** The body's chunks, until it ends or one of the signals is aborted; the connection is then closed. */
export async function* chunksUntilAborted(
  body: ReadableStream<Uint8Array>,
  signals: readonly AbortSignal[],
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });
  try {
    while (!signals.some(({ aborted }) => aborted)) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', cancel);
    cancel();
  }
}

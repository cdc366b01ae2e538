import DataLoader from 'dataloader';

/** The dataloaders of one request, made when first asked for. */
export class Loaders {
  private readonly made = new Map<string, unknown>();

  /**
   * The loader of this name in this request. Keys that are objects are told apart by their JSON.
   * @param batch gets distinct keys and returns, in their order, a value or null for each.
   */
  once<K, V>(
    name: string,
    batch: (keys: readonly K[]) => Promise<readonly (V | null)[]>,
  ): DataLoader<K, V | null, string> {
    const existing = this.made.get(name);
    if (existing) return existing as DataLoader<K, V | null, string>;
    const loader = new DataLoader<K, V | null, string>(batch, {
      cacheKeyFn: (key) => (typeof key === 'string' ? key : JSON.stringify(key)),
      maxBatchSize: 1000,
    });
    this.made.set(name, loader);
    return loader;
  }
}

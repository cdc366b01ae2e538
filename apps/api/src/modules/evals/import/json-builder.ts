/** Puts one picked value together, from the outside in. */
export class JsonBuilder {
  private readonly open: (Record<string, unknown> | unknown[])[] = [];
  private result: unknown;

  get value(): unknown {
    return this.result;
  }

  start(key: string, container: Record<string, unknown> | unknown[]): void {
    this.add(key, container);
    this.open.push(container);
  }

  end(): void {
    this.open.pop();
  }

  /** `key` is read only where the value stands in an object. */
  add(key: string, value: unknown): void {
    const into = this.open.at(-1);
    if (into === undefined) this.result = value;
    else if (Array.isArray(into)) into.push(value);
    else if (key !== '__proto__') into[key] = value;
    // As JSON.parse does: an own property, where an assignment would set the prototype.
    else Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

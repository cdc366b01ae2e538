/** sha256 of bytes. Handed in, so that this runs wherever there is one. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/**
 * The Merkle tree of RFC 6962, section 2.1: leaves are hashed after a byte 0, pairs after a byte 1, and a subtree without
 * a partner stands for itself one level up. Setting a leaf costs as many hashes as the tree has levels.
 */
export class MerkleTree {
  /** levels[0] are the leaves' hashes; each level holds the hashes of the pairs below. */
  private readonly levels: Uint8Array[][] = [[]];

  constructor(private readonly sha256: Sha256) {}

  get size(): number {
    return this.levels[0]?.length ?? 0;
  }

  /** @param index an existing leaf, or `size` to append one. @throws RangeError for any other */
  set(index: number, leaf: Uint8Array): void {
    if (!Number.isSafeInteger(index) || index < 0 || index > this.size)
      throw new RangeError(`There is no leaf ${String(index)} in a tree of ${String(this.size)}`);
    let hash = this.sha256(concat([leafPrefix, leaf]));
    let place = index;
    for (let height = 0; ; height += 1) {
      const level = (this.levels[height] ??= []);
      level[place] = hash;
      if (level.length === 1) {
        this.levels.length = height + 1;
        return;
      }
      const left = level[place - (place % 2)];
      const right = level[place - (place % 2) + 1];
      if (left === undefined) throw new Error('A Merkle tree lost a node');
      hash = right === undefined ? left : this.sha256(concat([pairPrefix, left, right]));
      place = Math.floor(place / 2);
    }
  }

  /** Lower-case hex. Of an empty tree: the hash of nothing. */
  root(): string {
    return hex(this.levels.at(-1)?.[0] ?? this.sha256(new Uint8Array()));
  }
}

const leafPrefix = Uint8Array.of(0);
const pairPrefix = Uint8Array.of(1);

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

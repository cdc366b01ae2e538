const lineEnd = 10;
/** How the line of an entry begins, and no other: `{"ha`, as docs/ledger-format.md says. */
const entryStart = new TextEncoder().encode('{"ha');

/** Counts the entries of an export as its bytes come in, whatever pieces they come in. */
export class EntryCounter {
  entries = 0;
  bytes = 0;
  /** How much of an entry's beginning the current line has shown; -1 once it is known to be none. */
  private matched = 0;

  take(piece: Uint8Array): void {
    this.bytes += piece.length;
    let at = 0;
    while (at < piece.length) {
      while (at < piece.length && this.matched >= 0 && this.matched < entryStart.length) {
        this.matched = piece[at] === entryStart[this.matched] ? this.matched + 1 : -1;
        if (this.matched === -1) break;
        at += 1;
      }
      if (this.matched === entryStart.length) {
        this.entries += 1;
        this.matched = -1;
      }
      if (this.matched !== -1) return;
      const end = piece.indexOf(lineEnd, at);
      if (end === -1) return;
      at = end + 1;
      this.matched = 0;
    }
  }
}

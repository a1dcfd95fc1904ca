const bitsPerId = 12;
const wordsPerBlock = 16;
const probes = 7;

/**
 * A set that may say yes to an id it does not have (one in some two hundred), but never no to one it has: a Bloom filter
 * in which all bits of an id lie in one cache line. Ids are hashes already, so their own bits are taken for the places.
 */
export class IdFilter {
  private readonly blocks: number;

  private constructor(private readonly words: Int32Array) {
    this.blocks = words.length / wordsPerBlock;
  }

  /** An empty filter for `count` ids: 1.5 bytes each. */
  static for(count: number): IdFilter {
    const blocks = Math.max(1, Math.ceil((count * bitsPerId) / (wordsPerBlock * 32)));
    return new IdFilter(new Int32Array(blocks * wordsPerBlock));
  }

  /** What `bytes` gave. */
  static from(bytes: Buffer): IdFilter {
    return new IdFilter(new Int32Array(new Uint8Array(bytes).buffer));
  }

  get bytes(): Buffer {
    return Buffer.from(this.words.buffer, this.words.byteOffset, this.words.byteLength);
  }

  /** @param id 16 characters, a byte each */
  add(id: string): void {
    const start = this.start(id);
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = place(id, probe);
      const word = start + (bit >>> 5);
      this.words[word] = (this.words[word] ?? 0) | (1 << (bit & 31));
    }
  }

  mayHave(id: string): boolean {
    const start = this.start(id);
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = place(id, probe);
      if (((this.words[start + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  private start(id: string): number {
    const first =
      id.charCodeAt(0) * 16_777_216 + ((id.charCodeAt(1) << 16) | (id.charCodeAt(2) << 8) | id.charCodeAt(3));
    return (first % this.blocks) * wordsPerBlock;
  }
}

/** One of the 512 bits of a block: nine bits of the id, after the four bytes that chose the block. */
function place(id: string, probe: number): number {
  const bit = probe * 9;
  const at = 4 + (bit >>> 3);
  return (((id.charCodeAt(at) << 8) | id.charCodeAt(at + 1)) >>> (7 - (bit & 7))) & 511;
}

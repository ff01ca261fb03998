/** The names that a module's name section gives its functions. */
import { bytesToText } from '../../base/bytes';

/** By index; empty for a section that is damaged from its start, and as much as can be read of any other. */
export function readFunctionNames(section: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const reader = createReader(section);
  while (!reader.isAtEnd) {
    const kind = reader.unsigned();
    const end = reader.unsigned() + reader.at;
    if (kind === functionNames) {
      for (let count = reader.unsigned(); count > 0 && !reader.isAtEnd; count--) {
        const index = reader.unsigned();
        names.set(index, bytesToText(reader.bytes(reader.unsigned())));
      }
    }
    reader.at = end;
  }
  return names;
}

/** The number of the subsection, in the core specification's appendix on custom sections. */
const functionNames = 1;

/** Past the end it reads zeros, so that lies about lengths end. */
function createReader(bytes: Uint8Array) {
  return {
    at: 0,
    get isAtEnd() {
      return this.at >= bytes.length;
    },
    /** LEB128, at most 32 bits. */
    unsigned(): number {
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = bytes[this.at++] ?? 0;
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) break;
      }
      return value;
    },
    bytes(length: number): Uint8Array {
      const start = this.at;
      this.at += length;
      return bytes.subarray(start, this.at);
    },
  };
}

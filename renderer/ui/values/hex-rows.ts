/** Bytes as the rows of a hex dump. */

export interface HexRow {
  /** Offset of its first byte, counted from `base`. */
  readonly offset: number;
  /** Two digits a byte; shorter in the last row. */
  readonly hex: readonly string[];
  /** The printable characters; `·` for the others. */
  readonly ascii: string;
}

export const bytesPerRow = 16;

export const hexRowCount = (length: number): number => Math.ceil(length / bytesPerRow);

/** One row; `base` is the address of the first byte, a pointer into memory for example. */
export function hexRow(bytes: Uint8Array, row: number, base = 0): HexRow {
  const part = [...bytes.subarray(row * bytesPerRow, (row + 1) * bytesPerRow)];
  return {
    offset: base + row * bytesPerRow,
    hex: part.map((byte) => byte.toString(16).padStart(2, '0')),
    ascii: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
  };
}

/** An offset as at least four hex digits. */
export const offsetText = (offset: number): string => offset.toString(16).padStart(4, '0');

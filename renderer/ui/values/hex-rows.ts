/** Bytes as the rows of a hex dump. */

export interface HexRow {
  /** Offset of its first byte, counted from `base`. */
  readonly offset: number;
  /** Two digits a byte; shorter in the last row. */
  readonly hex: readonly string[];
  /** The printable characters; `·` for the others. */
  readonly ascii: string;
}

/** How many bytes a row shows: half as many where there is little room. */
export type BytesPerRow = 8 | 16;

export const hexRowCount = (length: number, bytesPerRow: BytesPerRow = 16): number =>
  Math.ceil(length / bytesPerRow);

interface HexRowOptions {
  readonly bytesPerRow?: BytesPerRow;
  /** The address of the first byte: a pointer into memory, for example. */
  readonly base?: number;
}

export function hexRow(bytes: Uint8Array, row: number, options: HexRowOptions = {}): HexRow {
  const { bytesPerRow = 16, base = 0 } = options;
  const part = [...bytes.subarray(row * bytesPerRow, (row + 1) * bytesPerRow)];
  return {
    offset: base + row * bytesPerRow,
    hex: part.map((byte) => byte.toString(16).padStart(2, '0')),
    ascii: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
  };
}

/** An offset as at least four hex digits. */
export const offsetText = (offset: number): string => offset.toString(16).padStart(4, '0');

/** Reading the blocks of the history: what isn't as its place says is damage. */
import { type Hash, hashToText, linkToHash } from '../base/hash';
import { type BlockReader, MissingBlock } from '../base/storage';
import { type Value, decodeValue, isLink } from '../base/value';
import type { Address } from '../environment/address';

/** Thrown for a block of the history that is missing or isn't what its place says. */
export class DamagedBlock extends Error {
  override readonly name = 'DamagedBlock';

  constructor(what: string) {
    super(`damaged history: ${what}`);
  }
}

/** Thrown for what a later version of the program has written. */
export class NewerBlock extends DamagedBlock {}

/** Throws a {@link DamagedBlock} that says what the block is. */
export function neededBlock(blocks: BlockReader, hash: Hash, what: string): Uint8Array {
  let bytes: Uint8Array | undefined;
  try {
    bytes = blocks.block(hash);
  } catch (error) {
    if (error instanceof MissingBlock) throw new DamagedBlock(`${error.message}: ${what}`);
    throw error;
  }
  if (bytes === undefined) throw new DamagedBlock(`the block ${hashToText(hash)} is missing: ${what}`);
  return bytes;
}

/** The version of a block's form, and what follows it. The other readers throw a {@link DamagedBlock}, and so does this. */
export function versioned(
  bytes: Uint8Array,
  what: string,
  newest: number,
): { readonly version: number; readonly parts: readonly Value[] } {
  const value = decodeValue(bytes);
  if (!value.ok) throw new DamagedBlock(`a ${what}: ${value.error.message}`);
  const [version, ...parts] = list(value.value);
  return { version: knownVersion(version, what, newest), parts };
}

export function knownVersion(version: Value | undefined, what: string, newest: number): number {
  if (typeof version === 'number' && version >= 1 && version <= newest) return version;
  if (typeof version === 'number' && version > newest)
    throw new NewerBlock(`a ${what} of version ${version}; this program reads up to ${newest}`);
  throw new DamagedBlock(`a ${what} of an unknown version`);
}

export function list(value: Value | undefined): readonly Value[] {
  if (!Array.isArray(value)) throw new DamagedBlock('a list was expected');
  return value;
}

export function int(value: Value | undefined): number {
  if (typeof value !== 'number') throw new DamagedBlock('a number was expected');
  return value;
}

/** As many as 64 bits, unsigned. */
export function bits(value: Value | undefined): bigint {
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new DamagedBlock('a number was expected');
  return BigInt.asUintN(64, BigInt(value));
}

export function text(value: Value | undefined): string {
  if (typeof value !== 'string') throw new DamagedBlock('a text was expected');
  return value;
}

export const address = (value: Value | undefined): Address => text(value) as Address;

export function byteString(value: Value | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new DamagedBlock('bytes were expected');
  return value;
}

export function hash(value: Value | undefined): Hash {
  if (value === undefined || !isLink(value)) throw new DamagedBlock('a link was expected');
  return linkToHash(value);
}

export const orNull =
  <T>(read: (value: Value | undefined) => T) =>
  (value: Value | undefined): T | null =>
    value === null ? null : read(value);

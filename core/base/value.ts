import * as dagCbor from '@ipld/dag-cbor';
import { type EncodeOptions, Tokenizer, decode, encode } from 'cborg';
import { CID } from 'multiformats/cid';
import { type Result, err, ok } from './result';
import { nestsDeeper } from './cbor-walk';
import { type Fault, fault } from './fault';
import { shorten } from './shorten';

/**
 * The dag-cbor data model: what crosses every border of a contract. An integer is a `number` when it is a
 * safe one and a `bigint` otherwise.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | CID
  | readonly Value[]
  | { readonly [key: string]: Value };

export type ValueFault = Fault<'not-a-value'>;

/** Throws for a number that no value is: NaN, an infinity, an integer beyond 64 bits. */
export const encodeValue = (value: Value): Uint8Array => encode(value, encodeOptions);

/**
 * Lists and maps that may stand in each other. Values are walked by recursion, and what becomes of one must not depend on
 * how much stack there is.
 */
export const deepestValue = 128;

/** Bytes from a contract or from disk. Strict: refuses anything that is not dag-cbor, or nests too deep. */
export function decodeValue(bytes: Uint8Array): Result<Value, ValueFault> {
  if (nestsDeeper(bytes, deepestValue)) return err(notAValue(`it nests deeper than ${deepestValue} levels`));
  try {
    return ok(
      bytes.includes(firstOfMark)
        ? (decode(bytes, {
            ...dagCbor.decodeOptions,
            tokenizer: createMarkKeeper(bytes),
          }) as Value)
        : dagCbor.decode<Value>(bytes),
    );
  } catch (error) {
    return err(notAValue(error instanceof Error ? error.message : String(error)));
  }
}

const firstOfMark = 0xef;
const byteOrderMark = '\ufeff';
const markBytes = [firstOfMark, 0xbb, 0xbf];
/** Bytes of a string's header, by what its first byte says of the length. */
const headerSizes: Readonly<Record<number, number>> = { 24: 2, 25: 3, 26: 5, 27: 9 };

/** The library drops a byte order mark at the beginning of a text; to a contract it is a letter like any other. */
function createMarkKeeper({
  buffer,
  byteOffset,
  length,
}: Uint8Array): Pick<Tokenizer, 'done' | 'pos' | 'next'> {
  // Not a Buffer, whose parts would be Buffers.
  const bytes = new Uint8Array(buffer, byteOffset, length);
  const tokenizer = new Tokenizer(bytes, dagCbor.decodeOptions);
  return {
    done: () => tokenizer.done(),
    pos: () => tokenizer.pos(),
    next() {
      const first = bytes[tokenizer.pos()] ?? 0;
      const content = tokenizer.pos() + (headerSizes[first & 31] ?? 1);
      const token = tokenizer.next();
      const isText = first >> 5 === 3 && tokenizer.pos() - content >= markBytes.length;
      if (isText && markBytes.every((byte, index) => bytes[content + index] === byte))
        token.value = byteOrderMark + String(token.value);
      return token;
    },
  };
}

/** The decoder's words may hold a key, of any length. */
const notAValue = (words: string): ValueFault =>
  fault('not-a-value', `not a dag-cbor value: ${shorten(words, 200)}`);

/** A map that only looks like a link, which anybody may make, is none; the libraries would take it for one. */
export const isLink = (value: Value): value is CID => value instanceof CID;

const { Object: encodeLink } = dagCbor.encodeOptions.typeEncoders;

const encodeOptions: EncodeOptions = {
  ...dagCbor.encodeOptions,
  typeEncoders: {
    ...dagCbor.encodeOptions.typeEncoders,
    Object: (object: unknown) => (object instanceof CID ? encodeLink(object) : null),
  },
};

export const isValueMap = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !isLink(value);

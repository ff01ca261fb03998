/** Messages as bytes, for carriers that have nothing better: CBOR, so that bytes and integers of any size stay exact. */
import { Token, Type, decode, encode } from 'cborg';
import { bigIntDecoder, bigIntEncoder, bigNegIntDecoder } from 'cborg/taglib';

export const messageToBytes = (message: unknown): Uint8Array =>
  encode(message, { typeEncoders: { bigint: bigIntEncoder, number: negativeZeroEncoder } });

/** Throws for anything that isn't one CBOR item. */
export const bytesToMessage = (bytes: Uint8Array): unknown =>
  decode(bytes, { rejectDuplicateMapKeys: true, tags: { 2: bigIntDecoder, 3: bigNegIntDecoder } });

/** CBOR would write -0 as the integer 0. */
const negativeZeroEncoder = (number: number): Token[] | null =>
  Object.is(number, -0) ? [new Token(Type.float, number)] : null;

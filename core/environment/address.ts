/**
 * The place of a kernel in the world's tree: `/` is the root, `/bank/alice` a child of `/bank`.
 * Segments are 1 to 64 characters of `A-Z a-z 0-9 _ . -`, never `.` or `..`; at most 4096 characters in all.
 */
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';

declare const addressBrand: unique symbol;

export type Address = string & { readonly [addressBrand]: true };

export const rootAddress = '/' as Address;

/** Room for a tree of more than 1000 levels. An address is a key of the world's tree, which are as long at the most. */
export const maxAddressLength = 4096;

const addressPattern = /^(\/|(\/(?!\.{1,2}(\/|$))[A-Za-z0-9_.-]{1,64})+)$/;

const isAddress = (text: string): text is Address =>
  text.length <= maxAddressLength && addressPattern.test(text);

export function parseAddress(text: string): Result<Address, Fault<'bad-address'>> {
  if (isAddress(text)) return ok(text);
  return err(
    fault('bad-address', `${JSON.stringify(text)} is not an address`, {
      remedy:
        'an address is a path such as /bank/alice; names are of A-Z a-z 0-9 _ . - and up to 64 characters',
    }),
  );
}

/** Reads `name`, `./name`, `../name` as seen from a kernel; a text that begins with `/` is absolute. */
export function resolveAddress(base: Address, text: string): Result<Address, Fault<'bad-address'>> {
  if (text.startsWith('/')) return parseAddress(text);
  const segments = segmentsOf(base);
  for (const part of text.split('/')) {
    if (part === '..') segments.pop();
    else if (part !== '.') segments.push(part);
  }
  return parseAddress(`/${segments.join('/')}`);
}

export const segmentsOf = (address: Address): string[] =>
  address === rootAddress ? [] : address.slice(1).split('/');

/** `null` for the root. */
export function parentOf(address: Address): Address | null {
  if (address === rootAddress) return null;
  const at = address.lastIndexOf('/');
  return (at === 0 ? rootAddress : address.slice(0, at)) as Address;
}

/** Whether `address` is `ancestor` or below it. */
export const isWithin = (address: Address, ancestor: Address): boolean =>
  address === ancestor || ancestor === rootAddress || address.startsWith(`${ancestor}/`);

/** The control messages as signals from outside: how a world is set up, and how its code is changed. */
import { type Hash, codec, hashToLink } from '../base/hash';
import { type Value, encodeValue } from '../base/value';
import { type Address, rootAddress } from '../environment/address';
import { type ControlMethod, controlMethods } from '../environment/control';
import type { Signal } from './world';

/** Code of the store, and the path of the contract it was built from when it was. */
export interface Binding {
  readonly code: Hash | null;
  readonly codeName: string | null;
}

/** The root is there from the beginning: it is only bound. */
export const createSignal = (
  address: Address,
  { code, codeName }: Binding,
  state: { readonly [key: string]: Value } | null,
): Signal =>
  address === rootAddress
    ? bindSignal(address, { code, codeName })
    : controlSignal(address, controlMethods.create, [linkOrNull(code), codeName, state]);

export const bindSignal = (address: Address, { code, codeName }: Binding): Signal =>
  controlSignal(address, controlMethods.bind, [linkOrNull(code), codeName]);

/** Makes a contract known by its path, so that contracts can create children from it. */
export const installSignal = (path: string, code: Hash): Signal =>
  controlSignal(rootAddress, controlMethods.install, [path, linkOrNull(code)]);

const linkOrNull = (code: Hash | null): Value => (code === null ? null : hashToLink(code, codec.raw));

const controlSignal = (to: Address, method: ControlMethod, args: readonly Value[]): Signal => ({
  to,
  method,
  args: encodeValue(args),
  replyTo: null,
  gas: null,
});

/** Signals as a window gives them, checked before the world accepts them. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { type Value, encodeValue } from '../../base/value';
import { orderArguments } from '../../contracts/arguments';
import type { Method } from '../../contracts/interface';
import { parseAddress } from '../../environment/address';
import { isControlMethod } from '../../environment/control';
import type { Branch } from '../../history/branch';
import type { Signal } from '../../kernel/world';
import type { Params } from '../protocol/declare';
import type { WireValue } from '../protocol/wire';
import type { worldProtocol } from '../protocol/world';
import type { CodeBook } from './code-book';
import { wireToValue } from './wire-values';

export type SignalParams = Params<typeof worldProtocol, 'world.signal'>;

/** What would be rejected without running is a fault here, where it can still be mended. */
export function readSignal(
  { to, method, args, gas }: SignalParams,
  branch: Branch,
  codes: CodeBook,
): Result<Signal, Fault> {
  const address = parseAddress(to);
  if (!address.ok) return address;
  const signal = { to: address.value, method, replyTo: null, gas };
  if (isControlMethod(method)) {
    return ok({ ...signal, args: encodeValue(Object.values(args).map(wireToValue)) });
  }
  const kernel = branch.world().kernel(address.value);
  if (kernel === undefined) {
    return err(fault('no-kernel', `there is no kernel ${to}`, { remedy: 'choose one from the kernel tree' }));
  }
  if (kernel.code === null) {
    return err(
      fault('no-code', `${to} has no code, so that no method of it can be called`, {
        remedy: 'send the signal to one of the kernels below it',
      }),
    );
  }
  const bytes = readArguments(args, codes.method(kernel.code, method));
  if (!bytes.ok) return bytes;
  const refusal = codes.refusal(kernel.code, method, bytes.value);
  return refusal === null ? ok({ ...signal, args: bytes.value }) : err(refusal);
}

/** The arguments of a call as dag-cbor, in the order of the method's parameters. */
export function readArguments(
  args: SignalParams['args'],
  declared: Method | null,
): Result<Uint8Array, Fault> {
  const values = argumentValues(args, declared);
  return values.ok ? encodeArguments(values.value) : values;
}

/** Without a declaration, arguments by name go in the order they are given. */
function argumentValues(
  args: SignalParams['args'],
  declared: Method | null,
): Result<readonly Value[], Fault> {
  if (isList(args)) return ok(args.map(wireToValue));
  if (declared === null) return ok(Object.values(args).map(wireToValue));
  const ordered = orderArguments(args, declared);
  if (ordered.ok) return ok(ordered.value.map(wireToValue));
  const { argument: _argument, ...mistake } = ordered.error;
  return err(mistake);
}

function encodeArguments(values: readonly Value[]): Result<Uint8Array, Fault> {
  try {
    return ok(encodeValue(values));
  } catch (error) {
    // Such as NaN, or an integer beyond 64 bits.
    return err(
      fault('not-a-value', `an argument can't be sent: ${error instanceof Error ? error.message : error}`),
    );
  }
}

const isList = (args: SignalParams['args']): args is readonly WireValue[] & SignalParams['args'] =>
  Array.isArray(args);

/** The arguments of a step as a contract takes them: in the order of its parameters, bytes as bytes. */
import { hexToBytes } from '../base/bytes';
import type { Fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import type { Value } from '../base/value';
import { orderArguments } from '../contracts/arguments';
import type { ContractInterface } from '../contracts/interface';
import { createTypeReader, withBytes } from '../contracts/types';
import type { Step } from './scenario';

/**
 * Whether the values fit their types is left to the kernel, whose rejection a scenario may expect. Without an
 * interface that has the method, values go as the file lists them.
 */
export function argumentsOf(step: Call, contract: ContractInterface | null): Result<readonly Value[], Fault> {
  const method = contract?.methods.find(({ name }) => name === step.method);
  const { args } = step;
  const readType = createTypeReader(contract?.records);
  const fit = (value: Value, index: number): Value => {
    const type = readType(method?.params[index]?.type ?? 'value');
    return type.ok ? withBytes(value, type.value) : value;
  };
  if (isList(args)) return ok(args.map(fit));
  if (method === undefined) return ok(Object.values(args));
  const ordered = orderArguments(args, method);
  if (ordered.ok) return ok(ordered.value.map(fit));
  const { argument, ...mistake } = ordered.error;
  const isNamed = Object.hasOwn(args, argument);
  return err({ ...mistake, position: isNamed ? step.locateArgument(argument) : step.position });
}

type Call = Pick<Step, 'method' | 'args' | 'locateArgument' | 'position'>;

const hexPattern = /^0x([0-9a-f]{2})*$/i;

/** `0x…` of whole bytes as bytes; anything else as it is. */
export const textToBytesOrSame = (value: Value): Value =>
  typeof value === 'string' && hexPattern.test(value) ? hexToBytes(value.slice(2)) : value;

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

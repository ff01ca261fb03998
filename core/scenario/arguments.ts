/** The arguments of a step as a contract takes them: in the order of its parameters, bytes as bytes. */
import { hexToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err, ok } from '../base/result';
import type { Value } from '../base/value';
import type { ContractInterface, Method } from '../contracts/interface';
import { parseType, withBytes } from '../contracts/types';
import type { Step, Values } from './scenario';

export type ArgumentFault = Fault<'unknown-argument' | 'missing-argument'>;

/**
 * Whether the values fit their types is left to the kernel, whose rejection a scenario may expect. Without an
 * interface that has the method, values go as the file lists them.
 */
export function argumentsOf(
  step: Step,
  contract: ContractInterface | null,
): Result<readonly Value[], ArgumentFault> {
  const method = contract?.methods.find(({ name }) => name === step.method);
  const { args } = step;
  const fit = (value: Value, index: number): Value => {
    const type = parseType(method?.params[index]?.type ?? 'value', contract?.records);
    return type.ok ? withBytes(value, type.value) : value;
  };
  if (isList(args)) return ok(args.map(fit));
  if (method === undefined) return ok(Object.values(args));
  const ordered = orderByName(args, method, step);
  return ordered.ok ? ok(ordered.value.map(fit)) : ordered;
}

function orderByName(args: Values, method: Method, step: Step): Result<readonly Value[], ArgumentFault> {
  const names = method.params.map(({ name }) => name);
  const unknown = Object.keys(args).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, names);
    return err(
      fault(
        'unknown-argument',
        `${method.name} has no parameter \`${unknown}\`${meant === null ? '' : `; did you mean \`${meant}\`?`}`,
        { position: step.locateArgument(unknown), remedy: signatureOf(method) },
      ),
    );
  }
  const missing = method.params.find(
    ({ name, type }) => !Object.hasOwn(args, name) && !type.startsWith('option<'),
  );
  if (missing !== undefined) {
    return err(
      fault('missing-argument', `${method.name} needs \`${missing.name}\`, of type ${missing.type}`, {
        position: step.position,
        remedy: signatureOf(method),
      }),
    );
  }
  return ok(names.map((name) => args[name] ?? null));
}

const signatureOf = ({ name, params }: Method): string =>
  `it is called as ${name}(${params.map((param) => `${param.name}: ${param.type}`).join(', ')})`;

const hexPattern = /^0x([0-9a-f]{2})*$/i;

/** `0x…` of whole bytes as bytes; anything else as it is. */
export const textToBytesOrSame = (value: Value): Value =>
  typeof value === 'string' && hexPattern.test(value) ? hexToBytes(value.slice(2)) : value;

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The arguments of a step as a contract takes them: in the order of its parameters, bytes as bytes. */
import { bytesToHex, hexToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err, ok } from '../base/result';
import { type Value, isValueMap } from '../base/value';
import type { ContractInterface, Method, TypeText } from '../contracts/interface';
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
  const fit = (value: Value, index: number): Value =>
    contract === null ? value : fitBytes(value, method?.params[index]?.type ?? 'any', contract);
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

/** Reads `0x…` as bytes wherever the type says bytes. */
function fitBytes(value: Value, type: TypeText, contract: ContractInterface): Value {
  if (type === 'list<u8>') return textToBytesOrSame(value);
  const inner = /^(list|option)<(.+)>$/.exec(type);
  if (inner?.[1] === 'option') return value === null ? null : fitBytes(value, inner[2] ?? '', contract);
  if (inner?.[1] === 'list') {
    return isList(value) ? value.map((item) => fitBytes(item, inner[2] ?? '', contract)) : value;
  }
  const record = contract.records.find(({ name }) => name === type);
  if (record === undefined || !isValueMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const fieldType = record.fields.find(({ name }) => name === key)?.type ?? 'any';
      return [key, fitBytes(field, fieldType, contract)];
    }),
  );
}

const hexPattern = /^0x([0-9a-f]{2})*$/i;

/** `0x…` of whole bytes as bytes; anything else as it is. */
export const textToBytesOrSame = (value: Value): Value =>
  typeof value === 'string' && hexPattern.test(value) ? hexToBytes(value.slice(2)) : value;

export const bytesToLiteral = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

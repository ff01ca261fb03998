/** What is changed at a fork, as the command line says it. Values are written in YAML, as in scenarios. */
import { hexToBytes, textToBytes } from '../base/bytes';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { type Value, encodeValue, isValueMap } from '../base/value';
import { describeCode, importsOf } from '../contracts/describe';
import { type Address, parseAddress } from '../environment/address';
import type { Branch } from '../history/branch';
import type { Change } from '../history/fork';
import { allImports } from '../imports/all';
import { importNameFault } from '../imports/import-name';
import type { DeclaredSet } from '../imports/import-set';
import { argumentsOf, textToBytesOrSame } from '../scenario/arguments';
import { readSource } from '../scenario/document';
import { splitPath } from './kernel-at';

export interface ChangeOptions {
  /** The same call once more. */
  readonly again?: true;
  /** The method of another call. */
  readonly call?: string;
  readonly args?: string;
  /** `ADDRESS:IMPORT=VALUE`, or `ADDRESS:IMPORT#N=VALUE`. */
  readonly answer: readonly string[];
  /** `ADDRESS:IMPORT=WORDS`, or `ADDRESS:IMPORT#N=WORDS`. */
  readonly fail: readonly string[];
  /** `ADDRESS:KEY=VALUE`. */
  readonly write: readonly string[];
  /** `ADDRESS:KEY`. */
  readonly delete: readonly string[];
  /** `ADDRESS=CONTRACT`. */
  readonly bind: readonly string[];
}

/** Gives the code of a contract by its path. */
export type BuildCode = (path: string) => Promise<Result<Uint8Array, Fault>>;

/** `branch` is the one that is forked after `at` receipts; code is kept in its store. */
export async function readChanges(
  options: ChangeOptions,
  { branch, at, build }: { readonly branch: Branch; readonly at: number; readonly build: BuildCode },
): Promise<Result<readonly Change[], Fault>> {
  const bindings = await Promise.all(options.bind.map((text) => readBinding(text, branch, build)));
  const importsFor = (kernel: Address): readonly DeclaredSet[] => {
    const bound = bindings.flatMap((read) =>
      read.ok && read.value.kernel === kernel ? read.value.code : [],
    );
    const hash = bound.at(-1) ?? branch.world(at).kernel(kernel)?.code ?? null;
    const code = hash === null ? undefined : branch.code(hash);
    return code === undefined ? allImports : importsOf(code, allImports);
  };
  const read = [
    ...options.write.map(readWrite),
    ...options.delete.map(readDelete),
    ...options.answer.map((text) => readAnswer(text, 'value', importsFor)),
    ...options.fail.map((text) => readAnswer(text, 'fail', importsFor)),
    ...bindings,
    ...(options.again === true || options.call !== undefined ? [readCall(options, branch, at)] : []),
  ];
  const wrong = read.find((change) => !change.ok);
  return wrong?.ok === false ? wrong : ok(read.flatMap((change) => (change.ok ? [change.value] : [])));
}

type Read = Result<Change, Fault>;

function readWrite(text: string): Read {
  const [path, value] = splitOnce(text, '=');
  const place = readPlace(path, text);
  if (!place.ok) return place;
  const read = readValue(value ?? '', text);
  if (!read.ok) return read;
  const bytes = read.value instanceof Uint8Array ? read.value : encodeValue(read.value);
  return ok({ kind: 'state', ...place.value, value: bytes });
}

function readDelete(text: string): Read {
  const place = readPlace(text, text);
  return place.ok ? ok({ kind: 'state', ...place.value, value: undefined }) : place;
}

function readPlace(path: string, text: string) {
  const { address, key } = splitPath(path);
  const kernel = parseAddress(address);
  if (!kernel.ok) return kernel;
  if (key === null || key === '')
    return err(fault('bad-change', `${text} names no key: write ADDRESS:KEY, such as /bank/alice:balance`));
  const bytes = /^0x([0-9a-f]{2})+$/i.test(key) ? hexToBytes(key.slice(2)) : textToBytes(key);
  return ok({ kernel: kernel.value, key: bytes });
}

function readAnswer(
  text: string,
  kind: 'value' | 'fail',
  importsFor: (kernel: Address) => readonly DeclaredSet[],
): Read {
  const [path, given = ''] = splitOnce(text, '=');
  const { address, key } = splitPath(path);
  const kernel = parseAddress(address);
  if (!kernel.ok) return kernel;
  const [name, nth] = splitOnce(key ?? '', '#');
  const unknown = importNameFault(name, importsFor(kernel.value));
  if (unknown !== null) return err(unknown);
  if (nth !== undefined && !/^\d+$/.test(nth))
    return err(fault('bad-change', `${text}: ${nth} is not the number of a call, from 0`));
  const calls = { kernel: kernel.value, import: name, ...(nth === undefined ? {} : { call: Number(nth) }) };
  if (kind === 'fail') return ok({ kind: 'answer', answer: { ...calls, fail: given } });
  const read = readValue(given, text);
  return read.ok ? ok({ kind: 'answer', answer: { ...calls, value: read.value } }) : read;
}

async function readBinding(
  text: string,
  branch: Branch,
  build: BuildCode,
): Promise<Result<Change & { readonly kind: 'code' }, Fault>> {
  const [address, path] = splitOnce(text, '=');
  const kernel = parseAddress(address);
  if (!kernel.ok) return kernel;
  if (path === undefined)
    return err(fault('bad-change', `${text} names no contract: write ADDRESS=contracts/NAME.ts`));
  const code = await build(path);
  if (!code.ok) return code;
  return ok({ kind: 'code', kernel: kernel.value, code: branch.addCode(code.value), codeName: path });
}

/** Of the message that receipt `at` is of, with another method or other arguments, or the same. */
function readCall({ call, args }: ChangeOptions, branch: Branch, at: number): Read {
  const message = branch.receipt(at)?.message;
  if (message === undefined)
    return err(fault('no-receipt', `there is no receipt ${at} whose message could be changed`));
  const method = call ?? message.method;
  if (args === undefined) return ok({ kind: 'message', method, args: message.args });
  const read = readValue(args, '--args');
  if (!read.ok) return read;
  const named: Value = read.value;
  if (!Array.isArray(named) && !isValueMap(named))
    return err(fault('bad-change', 'the arguments are a list, or a map by name'));
  const hash = branch.world(at).kernel(message.to)?.code ?? null;
  const code = hash === null ? undefined : branch.code(hash);
  const described = code === undefined ? null : describeCode(code);
  const position = { file: '--args' };
  const values = argumentsOf(
    { method, args: named, position, locateArgument: () => position },
    described?.ok === true ? described.value.contract : null,
  );
  return values.ok ? ok({ kind: 'message', method, args: encodeValue(values.value) }) : values;
}

function readValue(text: string, place: string): Result<Value, Fault> {
  const source = readSource(text, place);
  if (source.ok) return ok(textToBytesOrSame(source.value.value));
  return err(source.error[0] ?? fault('bad-yaml', `${place} can't be read`));
}

function splitOnce(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

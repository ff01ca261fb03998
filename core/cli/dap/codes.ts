/**
 * The code that the messages ran, and the addresses of its instructions: those of all codes lie in one space, each
 * code's own from its number times 2^32 on.
 */
import { type Fault, fault } from '../../base/fault';
import { type Hash, hashToKey } from '../../base/hash';
import { type Result, err, ok } from '../../base/result';
import { type DebugCode, loadDebugCode } from '../../debugger/code';
import type { ImportSet } from '../../imports/import-set';
import type { Debuggee } from './launch';

/** Code that can be stepped through. */
export interface SteppedCode {
  /** From 1, in the order in which messages ran it first. */
  readonly number: number;
  /** Path of its contract in the workspace; `null` for code that was built elsewhere. */
  readonly contract: string | null;
  readonly code: DebugCode;
}

export interface Codes {
  readonly all: readonly SteppedCode[];
  /** Why code of a contract can't be stepped through. */
  readonly refused: readonly { readonly contract: string | null; readonly fault: Fault }[];
  find(hash: Hash): Result<SteppedCode, Fault>;
  /** Of an instruction, as text. */
  addressOf(code: SteppedCode, offset: number): string;
  /** What is at an address; `null` when that is in no code. */
  at(address: bigint): { readonly code: SteppedCode; readonly offset: number } | null;
}

export function createCodes({ branch, events, contractOf }: Debuggee, imports: readonly ImportSet[]): Codes {
  const all: SteppedCode[] = [];
  const refused: Codes['refused'][number][] = [];
  const codeByHash = new Map<string, Result<SteppedCode, Fault>>();

  function load(hash: Hash): Result<SteppedCode, Fault> {
    const bytes = branch.code(hash);
    if (bytes === undefined) return err(fault('missing-block', 'the code is not in the store'));
    const contract = contractOf(hash);
    const sourceMap = contract?.sourceMap ?? null;
    const code = loadDebugCode({ hash, bytes, sourceMap }, imports, branch.inputsAt(0).limits);
    return code.ok
      ? ok({ number: all.length + 1, contract: contract?.path ?? null, code: code.value })
      : code;
  }

  for (const event of events) {
    const hash = event.kind === 'message' ? event.receipt.code : null;
    if (hash === null || codeByHash.has(hashToKey(hash))) continue;
    const found = load(hash);
    codeByHash.set(hashToKey(hash), found);
    if (found.ok) all.push(found.value);
    else refused.push({ contract: contractOf(hash)?.path ?? null, fault: found.error });
  }

  return {
    all,
    refused,
    find: (hash) => codeByHash.get(hashToKey(hash)) ?? err(fault('no-code', 'no message ran this code')),
    addressOf: ({ number }, offset) => `0x${((BigInt(number) << 32n) + BigInt(offset)).toString(16)}`,
    at(address) {
      const code = all[Number(address >> 32n) - 1];
      return code === undefined ? null : { code, offset: Number(address & 0xffff_ffffn) };
    },
  };
}

/** What a function is called: by the code, or else as it is exported. */
export function functionName({ code }: SteppedCode, index: number): string {
  const { names, module } = code;
  const exported = module.exports.find((each) => each.kind === 'function' && each.index === index);
  return names.functions.get(index) ?? exported?.name ?? `function ${index}`;
}

/** An address that a client names, and bytes beyond it. */
export function readAddress(text: string, offset: number): Result<bigint, Fault> {
  const address = /^(0x[\da-f]+|\d+)$/i.test(text) ? BigInt(text) + BigInt(offset) : -1n;
  if (address >= 0n) return ok(address);
  return err(fault('bad-arguments', `${JSON.stringify(text)} and ${offset} bytes on is no address`));
}

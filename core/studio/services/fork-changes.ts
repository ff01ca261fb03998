/** What a window wants changed at a fork, checked and put into the terms of the history. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { parseAddress } from '../../environment/address';
import type { Branch } from '../../history/branch';
import type { Change } from '../../history/fork';
import { allImports } from '../../imports/all';
import { importNameFault } from '../../imports/import-name';
import { installedCode } from '../../kernel/control';
import type { branchProtocol } from '../protocol/branch';
import type { Params } from '../protocol/declare';
import type { CodeBook } from './code-book';
import { noReceipt } from './places';
import { readArguments } from './signals';
import { wireToValue } from './wire-values';

type WireChange = Params<typeof branchProtocol, 'branch.fork'>['changes'][number];

interface ForkPlace {
  readonly branch: Branch;
  readonly at: number;
  readonly codes: CodeBook;
}

export function readChanges(
  changes: readonly WireChange[],
  place: ForkPlace,
): Result<readonly Change[], Fault> {
  const read: Change[] = [];
  for (const change of changes) {
    const one = readChange(change, place);
    if (!one.ok) return one;
    read.push(one.value);
  }
  return ok(read);
}

function readChange(change: WireChange, place: ForkPlace): Result<Change, Fault> {
  if (change.kind === 'message') return readMessage(change, place);
  const address = parseAddress(change.kernel);
  if (!address.ok) return address;
  const kernel = address.value;
  switch (change.kind) {
    case 'state':
      return ok({ kind: 'state', kernel, key: change.key, value: change.value ?? undefined });
    case 'code': {
      const code = installedCode(change.contract, place.branch.world());
      if (code === undefined) return err(notInstalled(change.contract));
      return ok({ kind: 'code', kernel, code, codeName: change.contract });
    }
    case 'answer': {
      const unknown = importNameFault(change.import, allImports);
      if (unknown !== null) return err(unknown);
      const { import: name, call, value } = change;
      const nth = call === null ? {} : { call };
      return ok({ kind: 'answer', answer: { kernel, import: name, ...nth, value: wireToValue(value) } });
    }
  }
}

function readMessage(
  { method, args }: WireChange & { readonly kind: 'message' },
  { branch, at, codes }: ForkPlace,
): Result<Change, Fault> {
  const receipt = branch.receipt(at);
  if (receipt === undefined) return err(noReceipt(at, branch));
  const code = branch.world(at).kernel(receipt.message.to)?.code ?? null;
  const bytes = readArguments(args, codes.method(code, method));
  return bytes.ok ? ok({ kind: 'message', method, args: bytes.value }) : bytes;
}

const notInstalled = (contract: string): Fault =>
  fault('not-installed', `${contract} was not built yet`, { remedy: 'save it, so that it is built' });

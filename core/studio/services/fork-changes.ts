/** What a window wants changed at a fork, checked and put into the terms of the history. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { type Address, parseAddress } from '../../environment/address';
import type { Branch } from '../../history/branch';
import type { Change } from '../../history/fork';
import { importsOf } from '../../contracts/describe';
import { allImports } from '../../imports/all';
import { importNameFault } from '../../imports/import-name';
import type { DeclaredSet } from '../../imports/import-set';
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
    case 'answer':
    case 'failure': {
      const unknown = importNameFault(change.import, importsFor(kernel, place));
      if (unknown !== null) return err(unknown);
      const calls = {
        kernel,
        import: change.import,
        ...(change.call === null ? {} : { call: change.call }),
      };
      const given = change.kind === 'answer' ? { value: wireToValue(change.value) } : { fail: change.words };
      return ok({ kind: 'answer', answer: { ...calls, ...given } });
    }
  }
}

/** What the code of a kernel may import, as far as there is one already. */
function importsFor(kernel: Address, { branch, at }: ForkPlace): readonly DeclaredSet[] {
  const hash = branch.world(at).kernel(kernel)?.code ?? null;
  const code = hash === null ? undefined : branch.code(hash);
  return code === undefined ? allImports : importsOf(code, allImports);
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

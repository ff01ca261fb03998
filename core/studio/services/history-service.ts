/** Answers what windows ask about the past of a branch. */
import type { Clock } from '../../base/clock';
import { inSlices } from '../../base/slices';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Storage } from '../../base/storage';
import { parseAddress } from '../../environment/address';
import type { Branch } from '../../history/branch';
import { type PastIndex, createPastIndex } from '../../history/past-index';
import {
  type FoundReceipts,
  type ReceiptFilter,
  type StatePath,
  findReceipts,
  valuesAround,
} from '../../history/query';
import { allImports } from '../../imports/all';
import { importNameFault } from '../../imports/import-name';
import type { Params } from '../protocol/declare';
import type { historyProtocol } from '../protocol/history';
import type { Handlers } from '../rpc/serve';
import type { CodeBook } from './code-book';
import { collectUnreached } from './collect';
import type { OpenBranches } from './open-branches';
import { receiptToRow } from './receipts';

import { dataToWire } from './wire-values';

export interface HistoryServiceParts {
  readonly branches: OpenBranches;
  readonly storage: Storage;
  readonly codes: CodeBook;
  readonly clock: Clock;
}

export function createHistoryService(parts: HistoryServiceParts): Handlers<typeof historyProtocol> {
  const { branches, storage, codes, clock } = parts;
  let isCollecting = false;
  const indexByBranch = new WeakMap<Branch, PastIndex>();

  function indexOf(branch: Branch): PastIndex {
    const index = indexByBranch.get(branch) ?? createPastIndex(branch, storage, true);
    indexByBranch.set(branch, index);
    return index;
  }

  async function find(
    { branch: name, order, from, count }: Asked,
    filter: ReceiptFilter,
    signal: AbortSignal,
  ): Promise<Result<FoundReceipts & { readonly branch: Branch }, Fault>> {
    const branch = name === null ? ok(branches.current) : branches.find(name);
    if (!branch.ok) return branch;
    const source = { branch: branch.value, blocks: storage };
    const query = { filter, order, from, count, effort };
    const ended = await inSlices(findReceipts(indexOf(branch.value), source, query), clock, signal);
    if (!ended.ok) return ended;
    const found = ended.value;
    return found.ok ? ok({ ...found.value, branch: branch.value }) : found;
  }

  return {
    async 'history.find'({ filter: text, ...asked }, signal) {
      const filter = readFilter(text);
      if (!filter.ok) return filter;
      const found = await find(asked, filter.value, signal);
      if (!found.ok) return found;
      const { branch, receipts, next } = found.value;
      const rows = receipts.map((receipt) => receiptToRow(receipt, branch, codes));
      return ok({ rows, next, length: branch.length });
    },
    async 'history.values'({ kernel: text, key, ...asked }, signal) {
      const kernel = parseAddress(text);
      if (!kernel.ok) return kernel;
      const entry = { kernel: kernel.value, key, match: 'key' as const };
      const found = await find(asked, { wrote: entry }, signal);
      if (!found.ok) return found;
      const { branch, receipts, next } = found.value;
      const rows = receipts.map((receipt) => {
        const { before, after } = valuesAround({ branch, blocks: storage }, receipt, entry);
        return {
          receipt: receiptToRow(receipt, branch, codes),
          before: before === undefined ? null : dataToWire(before),
          after: after === undefined ? null : dataToWire(after),
        };
      });
      return ok({ rows, next, length: branch.length });
    },
    async 'history.collect'(_, signal) {
      if (isCollecting) return err(isBusy);
      isCollecting = true;
      const waiting = branches.current.waiting().map(({ message }) => message);
      try {
        const ended = await inSlices(collectUnreached(storage, waiting), clock, signal);
        return ended.ok ? ended.value : ended;
      } finally {
        isCollecting = false;
      }
    },
  };
}

const isBusy = fault('busy', 'what no branch reaches is being freed already');

/** About half a second's worth. */
const effort = 5000;

type Asked = Pick<Params<typeof historyProtocol, 'history.find'>, 'branch' | 'order' | 'from' | 'count'>;
type WireFilter = Params<typeof historyProtocol, 'history.find'>['filter'];
type WirePath = NonNullable<WireFilter['wrote']>;

function readFilter(filter: WireFilter): Result<ReceiptFilter, Fault> {
  const { method, outcome, uses } = filter;
  const unknown = uses === undefined ? null : importNameFault(uses, allImports);
  if (unknown !== null) return err(unknown);
  const from = filter.from === null ? ok(null) : readWith(filter.from, parseAddress);
  if (!from.ok) return from;
  const to = readWith(filter.to, parseAddress);
  if (!to.ok) return to;
  const wrote = readWith(filter.wrote, readPath);
  if (!wrote.ok) return wrote;
  const read = readWith(filter.read, readPath);
  if (!read.ok) return read;
  const touched = readWith(filter.touched, readPath);
  if (!touched.ok) return touched;
  const members = {
    from: from.value,
    to: to.value,
    method,
    outcome,
    uses,
    wrote: wrote.value,
    read: read.value,
    touched: touched.value,
  };
  return ok(members);
}

const readWith = <From, To>(
  value: From | undefined,
  read: (value: From) => Result<To, Fault>,
): Result<To | undefined, Fault> => (value === undefined ? ok(undefined) : read(value));

function readPath(path: WirePath): Result<StatePath, Fault> {
  const kernel = parseAddress(path.kernel);
  return kernel.ok ? ok({ ...path, kernel: kernel.value }) : kernel;
}

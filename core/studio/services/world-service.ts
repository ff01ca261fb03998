/** Answers what windows ask about a world: each call of the protocol as a question to its branch. */
import type { Fault } from '../../base/fault';
import { type Hash, codec, hashToText } from '../../base/hash';
import { type Result, err, ok } from '../../base/result';
import type { BlockReader } from '../../base/storage';
import { type Address, segmentsOf } from '../../environment/address';
import type { Branch } from '../../history/branch';
import type { Kernel } from '../../kernel/kernel';
import type { Receipt } from '../../kernel/receipt';
import type { WorldView } from '../../kernel/world-view';
import { type StateTree, emptyTree, openTree } from '../../state/tree';
import type { KernelRow, worldProtocol } from '../protocol/world';
import type { Handlers } from '../rpc/serve';
import type { CodeBook } from './code-book';
import type { AwaitedReceipts } from './awaited-receipts';
import { findKernel, noReceipt } from './places';
import { receiptToDetail, receiptToRow } from './receipts';
import { createReruns } from './reruns';
import type { Runner } from './runner';
import { readSignal } from './signals';
import { pageOfChanges } from './state-changes';
import { levelOf } from './state-levels';
import { bytesToWire, dataToWire } from './wire-values';

export interface WorldServiceParts {
  readonly branch: Branch;
  readonly blocks: BlockReader;
  readonly codes: CodeBook;
  readonly runner: Runner;
  readonly awaited: AwaitedReceipts;
}

export function createWorldService(parts: WorldServiceParts): Handlers<typeof worldProtocol> {
  const { branch, blocks, codes, runner, awaited } = parts;
  const reruns = createReruns(branch, codes);

  function receiptAt(index: number): Result<Receipt, Fault> {
    const receipt = branch.receipt(index);
    return receipt === undefined ? err(noReceipt(index, branch)) : ok(receipt);
  }

  const stateOf = (root: Hash | null): StateTree => (root === null ? emptyTree : openTree(blocks, root));

  return {
    'world.status': () => ok(runner.status()),
    'world.stop'() {
      runner.stop();
      return ok(runner.status());
    },
    'world.continue'() {
      runner.continue();
      return ok(runner.status());
    },
    'world.signal'(params) {
      // It would be lost with what is pending.
      if (runner.failure !== null) return err(runner.failure);
      const signal = readSignal(params, branch, codes);
      if (!signal.ok) return signal;
      const after = branch.delivered;
      const id = branch.signal(signal.value);
      runner.wake();
      return ok({ id, after });
    },
    'world.delivered': ({ id, after }, signal) => awaited.of(id, after, signal),
    'world.kernels'({ parent, at, start, count, after }) {
      const found = findKernel(branch, parent, at);
      if (!found.ok) return found;
      const { kernel, world } = found.value;
      const before = after ?? nameBefore(world, kernel.address, start);
      const rows = before === undefined ? [] : world.children(kernel.address, before, count);
      return ok({
        start,
        total: world.countChildren(kernel.address),
        rows: rows.map((child) => kernelToRow(child, world)),
      });
    },
    'world.kernel'({ address, at }) {
      const found = findKernel(branch, address, at);
      if (!found.ok) return found;
      const { kernel, world } = found.value;
      const contract = kernel.code === null ? null : codes.interface(kernel.code);
      return ok({ kernel: kernelToRow(kernel, world), interface: contract });
    },
    'world.receipts': ({ start, count }) =>
      ok({
        start,
        total: branch.length,
        rows: branch.receipts(start, count).map((receipt) => receiptToRow(receipt, branch, codes)),
      }),
    'world.receipt'({ index }) {
      const receipt = receiptAt(index);
      if (!receipt.ok) return receipt;
      const trapStack = reruns.trapStack(receipt.value);
      return trapStack.ok
        ? ok(receiptToDetail(receipt.value, branch, { codes, trapStack: trapStack.value }))
        : trapStack;
    },
    'world.imports': ({ index, start, count }) => reruns.imports(index, start, count),
    'world.environment': ({ index }) => reruns.environment(index),
    'world.changes'({ index, start, count }) {
      const receipt = receiptAt(index);
      if (!receipt.ok) return receipt;
      const { before, after } = receipt.value;
      return ok(pageOfChanges(stateOf(before), stateOf(after), { start, count }));
    },
    'world.state'({ kernel: address, at, prefix, after, count }) {
      const found = findKernel(branch, address, at);
      return found.ok ? ok(levelOf(found.value.kernel.state, { prefix, after, count })) : found;
    },
    'world.value'({ kernel: address, at, key, offset }) {
      const found = findKernel(branch, address, at);
      if (!found.ok) return found;
      const value = found.value.kernel.state.get(key);
      if (value === undefined) return ok({ value: null });
      if (offset === 0) return ok({ value: dataToWire(value, partBytes) });
      const { bytes } = bytesToWire(value.subarray(offset), partBytes);
      return ok({ value: { data: { bytes, length: value.length } } });
    },
  };
}

/** The most of one value that one answer holds. */
const partBytes = 64 * 1024;

/** The name of the child that stands before the one at `start`; `null` at the very start, `undefined` past the end. */
function nameBefore(world: WorldView, parent: Address, start: number): string | null | undefined {
  if (start === 0) return null;
  let place = 0;
  for (const address of world.childAddresses(parent, null)) {
    if (++place === start) return address.slice(address.lastIndexOf('/') + 1);
  }
  return undefined;
}

function kernelToRow(kernel: Kernel, world: WorldView): KernelRow {
  return {
    address: kernel.address,
    name: segmentsOf(kernel.address).at(-1) ?? '/',
    codeName: kernel.codeName,
    code: kernel.code === null ? null : hashToText(kernel.code, codec.raw),
    childCount: world.countChildren(kernel.address),
  };
}

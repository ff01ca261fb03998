/** One trial of a case: every message has its receipt, nothing throws, the next one runs, and all of it is so again. */
import { bytesToHex } from '../../../../core/base/bytes';
import { encodeValue } from '../../../../core/base/value';
import type { VmContainer } from '../../../../core/container/container';
import { createContainers } from '../../../../core/container/all';
import { createSteppingContainer } from '../../../../core/container/wasm-stepping/stepping-container';
import type { Address } from '../../../../core/environment/address';
import { defaultLimits } from '../../../../core/environment/limits';
import { type Branch, createBranch, openBranch } from '../../../../core/history/branch';
import { createMemoryStorage } from '../../../../core/store/memory-storage';
import { create, partsOn } from '../../../fixtures/branch';
import { adder } from '../../../fixtures/contracts';
import type { Case } from './cases';

const limits = { ...defaultLimits, gas: 300_000, pages: 4, messages: 40, stack: 50_000 };

/** A module runs in each container; a script runs twice. */
const kinds: readonly (readonly VmContainer[])[] = [
  createContainers(),
  [createSteppingContainer(), ...createContainers().filter(({ kind }) => kind !== 'wasm')],
];

/** What is wrong, in words; `null` when all is as it should be. */
export function problemOf(tried: Case): string | null {
  try {
    const histories = kinds.map((containers) => runCase(tried, containers));
    const [first = ''] = histories;
    const other = histories.find((history) => history !== first);
    return other === undefined ? null : `it ran otherwise elsewhere:\n${first}\n${other}`;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Throws for what is not as it should be; gives all receipts as text. */
function runCase({ code, messages }: Case, containers: readonly VmContainer[]): string {
  const storage = createMemoryStorage();
  const parts = partsOn(storage, containers);
  const created = createBranch(parts, 'main', { limits, seed: 1, schedule: 'fifo', answers: [] });
  if (!created.ok) throw new Error(created.error.message);
  const branch = created.value;
  create(branch, '/honest', adder);
  create(branch, '/hostile', code);
  for (const [method, args] of messages) send(branch, '/hostile', method, args);
  const honest = send(branch, '/honest', 'add', encodeValue([1]));
  if (honest?.outcome.kind !== 'ok') throw new Error(`the honest kernel: ${toText(honest)}`);
  for (let index = 0; index < branch.length; index++) {
    const again = branch.rerun(index, null);
    if (!again.ok) throw new Error(again.error.message);
  }
  const opened = openBranch(parts, 'main');
  if (toText(opened?.root()) !== toText(branch.root()))
    throw new Error('it is another world when it is opened again');
  const history = toText([branch.receipts(0, branch.length), branch.root()]);
  opened?.dispose();
  branch.dispose();
  return history;
}

function send(branch: Branch, to: string, method: string, args: Uint8Array) {
  const index = branch.length;
  branch.signal({ to: to as Address, method, args, replyTo: null, gas: null });
  while (branch.pending > 0) branch.run(1000);
  const receipt = branch.receipt(index);
  if (receipt === undefined) throw new Error(`no receipt of ${method}`);
  return receipt;
}

const toText = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) => {
    if (value instanceof Uint8Array) return bytesToHex(value);
    return typeof value === 'bigint' ? String(value) : value;
  });

import { finish } from '../../base/steps';
import type { Value } from '../../base/value';
import { type Alignment, alignBranches, differencesOf } from '../../history/align';
import type { Branch } from '../../history/branch';
import { openStoredWorld } from '../../host/stored-world';
import type { Receipt } from '../../kernel/receipt';
import { createJsonWriter } from '../json';
import { receiptToValue } from '../receipt-value';
import { messageToLine } from '../run-text';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount, countToText } from '../value-text';

export interface CompareOptions extends CommonOptions {
  /** Whether rows that are the same on both sides are listed, too. */
  readonly all?: true;
}

export async function branchCompare(
  { folder, left, right }: { readonly folder: string; readonly left: string; readonly right: string },
  options: CompareOptions,
  session: Session,
): Promise<ExitCode> {
  const world = await openStoredWorld(folder, left);
  if (!world.ok) return failWith(session, [world.error], options);
  try {
    const other = world.value.open(right);
    if (!other.ok) return await failWith(session, [other.error], options);
    const sides = { left: world.value.branch, right: other.value };
    const aligned = finish(alignBranches(sides.left, sides.right));
    await (options.json === true ? printJson : printText)(sides, aligned, options, session);
    return 0;
  } finally {
    world.value.close();
  }
}

interface Sides {
  readonly left: Branch;
  readonly right: Branch;
}

interface Row {
  readonly left: Receipt | undefined;
  readonly right: Receipt | undefined;
  readonly differences: readonly string[];
}

function* rowsOf({ left, right }: Sides, { count, row }: Alignment, all: boolean): Generator<Row> {
  for (let index = 0; index < count; index++) {
    const place = row(index);
    const first = place.left === null ? undefined : left.receipt(place.left);
    const second = place.right === null ? undefined : right.receipt(place.right);
    const differences = first && second ? differencesOf(first, second) : [];
    const isSame = first !== undefined && second !== undefined && differences.length === 0;
    if (all || !isSame) yield { left: first, right: second, differences };
  }
}

async function printText(
  sides: Sides,
  aligned: Alignment,
  { all }: CompareOptions,
  { terminal }: Session,
): Promise<void> {
  const { style } = terminal;
  const lineOf = (receipt: Receipt) => messageToLine({ receipt, method: null }, style);
  for (const { left, right, differences } of rowsOf(sides, aligned, all === true)) {
    if (left && right && differences.length === 0) {
      await terminal.write(`  ${lineOf(left)}\n`);
      continue;
    }
    const why = differences.length === 0 ? '' : style.faint(` (${differences.join(', ')})`);
    if (left) await terminal.write(`${style.bad('-')} ${lineOf(left)}${right ? why : ''}\n`);
    if (right) await terminal.write(`${style.good('+')} ${lineOf(right)}\n`);
  }
  const { left, right } = sides;
  await terminal.write(
    `${left.name}: ${amount(left.length, 'receipt')}; ${right.name}: ${amount(right.length, 'receipt')}; ` +
      `the first ${countToText(aligned.shared)} are shared\n`,
  );
}

async function printJson(
  sides: Sides,
  aligned: Alignment,
  { all }: CompareOptions,
  { terminal }: Session,
): Promise<void> {
  const valueOf = (receipt: Receipt | undefined): Value => (receipt ? receiptToValue(receipt) : null);
  const writer = createJsonWriter(terminal.write);
  await writer.open(null, 'map');
  await writer.add('kernelscope', 1);
  await writer.add('shared', aligned.shared);
  for (const [side, { name, length }] of Object.entries(sides)) await writer.add(side, { name, length });
  await writer.open('rows', 'list');
  for (const { left, right, differences } of rowsOf(sides, aligned, all === true)) {
    await writer.add(null, { left: valueOf(left), right: valueOf(right), differences: [...differences] });
  }
  await writer.close();
  await writer.close();
}

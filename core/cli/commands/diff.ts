import { resolve } from 'node:path';
import type { Fault } from '../../base/fault';
import { codec, hashToText } from '../../base/hash';
import { type Result, ok } from '../../base/result';
import type { Value } from '../../base/value';
import { type StoredWorld, openStoredWorld } from '../../host/stored-world';
import type { Kernel } from '../../kernel/kernel';
import { type KernelChange, diffKernels, diffWorlds } from '../../kernel/world-diff';
import type { WorldView } from '../../kernel/world-view';
import { readable } from '../../scenario/expect';
import type { StateChange } from '../../state/diff';
import { nativeHashOf } from '../../store/native-hash';
import { createJsonWriter } from '../json';
import { worldAt } from '../kernel-at';
import { changeToValue } from '../receipt-value';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { bytesToKeyText, countToText, valueToText, visible } from '../value-text';

/** `before` and `after` are each a WORLD, WORLD@LENGTH, WORLD@BRANCH or WORLD@BRANCH:LENGTH. */
export async function diff(
  { before, after }: { readonly before: string; readonly after: string },
  options: CommonOptions,
  session: Session,
): Promise<ExitCode> {
  const worlds = createWorlds();
  try {
    const first = await worlds.point(before);
    if (!first.ok) return await failWith(session, [first.error], options);
    const second = await worlds.point(after);
    if (!second.ok) return await failWith(session, [second.error], options);
    const print = options.json === true ? printJson : printText;
    await print(first.value, second.value, session);
    return 0;
  } finally {
    worlds.close();
  }
}

interface Point {
  readonly world: string;
  readonly at: number;
  readonly view: WorldView;
}

/** Opens each world once, whichever way it is called. */
function createWorlds() {
  const worldByFolder = new Map<string, StoredWorld>();
  async function open(world: string): Promise<Result<StoredWorld, Fault>> {
    const folder = resolve(world);
    const known = worldByFolder.get(folder);
    if (known !== undefined) return ok(known);
    const opened = await openStoredWorld(world);
    if (opened.ok) worldByFolder.set(folder, opened.value);
    return opened;
  }
  return {
    async point(text: string): Promise<Result<Point, Fault>> {
      const { world, branch: name, length } = splitPoint(text);
      const opened = await open(world);
      if (!opened.ok) return opened;
      const found = name === null ? ok(opened.value.branch) : opened.value.open(name);
      if (!found.ok) return found;
      const branch = found.value;
      const at = length ?? branch.length;
      const view = worldAt(branch, at);
      return view.ok ? ok({ world, at, view: view.value }) : view;
    },
    close() {
      for (const world of worldByFolder.values()) world.close();
    },
  };
}

interface PlacedPoint {
  readonly world: string;
  readonly branch: string | null;
  readonly length: number | null;
}

/** The name of a branch begins with a letter. */
function splitPoint(text: string): PlacedPoint {
  const parts = /^(.+)@(?:(\d+)|(\p{L}[^@/:]*)(?::(\d+))?)$/su.exec(text);
  if (parts === null) return { world: text, branch: null, length: null };
  const [, world = '', alone, branch = null, after] = parts;
  const length = alone ?? after;
  return { world, branch, length: length === undefined ? null : Number(length) };
}

const kindOf = ({ before, after }: KernelChange): 'added' | 'removed' | 'changed' =>
  before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';

async function printText(before: Point, after: Point, { terminal }: Session): Promise<void> {
  const { style } = terminal;
  const counts = { added: 0, removed: 0, changed: 0 };
  const marks = { added: style.good('+'), removed: style.bad('-'), changed: style.mark('~') };
  for (const change of diffWorlds(before.view, after.view)) {
    const kind = kindOf(change);
    counts[kind]++;
    const code = codeToText(change);
    await terminal.write(
      `${marks[kind]} ${style.strong(change.address)}${code === null ? '' : ` ${code}`}\n`,
    );
    for (const entry of diffKernels(change)) await terminal.write(`    ${entryToLine(entry)}\n`);
  }
  const { added, removed, changed } = counts;
  await terminal.write(
    `kernels: ${countToText(added)} added, ${countToText(removed)} removed, ${countToText(changed)} changed\n`,
  );
}

/** `contracts/bank.ts`, or what it was and is; `null` when there is nothing to say. */
function codeToText(change: KernelChange): string | null {
  const names = [change.before, change.after].map((kernel) => kernel && codeName(kernel));
  const [before, after] = names;
  if (before === undefined || after === undefined) return before ?? after ?? null;
  return before === after ? null : `${before} → ${after}`;
}

const codeName = ({ code, codeName }: Kernel): string =>
  code === null ? 'no code' : `${codeName ?? 'code'} (${hashToText(code, codec.raw)})`;

function entryToLine({ key, before, after }: StateChange): string {
  const text = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? 'nothing' : valueToText(readable(bytes));
  return `${visible(bytesToKeyText(key))}: ${text(before)} → ${text(after)}`;
}

async function printJson(before: Point, after: Point, { terminal }: Session): Promise<void> {
  const writer = createJsonWriter(terminal.write);
  await writer.open(null, 'map');
  await writer.add('kernelscope', 1);
  await writer.add('before', pointToValue(before));
  await writer.add('after', pointToValue(after));
  await writer.open('kernels', 'list');
  for (const change of diffWorlds(before.view, after.view)) {
    await writer.open(null, 'map');
    await writer.add('kernel', change.address);
    await writer.add('change', kindOf(change));
    if (change.before !== undefined) await writer.add('before', kernelToValue(change.before));
    if (change.after !== undefined) await writer.add('after', kernelToValue(change.after));
    await writer.open('entries', 'list');
    for (const { key, before = null, after = null } of diffKernels(change)) {
      await writer.add(null, changeToValue({ key, before, after }));
    }
    await writer.close();
    await writer.close();
  }
  await writer.close();
  await writer.close();
}

const pointToValue = ({ world, at, view }: Point): Value => ({
  world,
  at,
  root: hashToText(view.tree().hash(() => undefined, nativeHashOf)),
});

const kernelToValue = ({ code, codeName, state }: Kernel): Value => ({
  contract: codeName,
  code: code === null ? null : hashToText(code, codec.raw),
  state: hashToText(state.hash(() => undefined, nativeHashOf)),
});

import { bytesEqual, concatBytes, textToBytes } from '../../base/bytes';
import type { Fault } from '../../base/fault';
import { codec, hashToText } from '../../base/hash';
import { type Result, ok } from '../../base/result';
import type { Branch } from '../../history/branch';
import { openStoredWorld } from '../../host/stored-world';
import { readable } from '../../scenario/expect';
import { entriesIn } from '../../state/iterate';
import type { StateEntry, StateTree } from '../../state/tree';
import { createJsonWriter } from '../json';
import { type KernelAt, childrenOf, kernelAt, nameOf, splitPath } from '../kernel-at';
import { type ExitCode, type Session, type WorldOptions, failWith } from '../session';
import { bytesToKeyText, keyTextToBytes, valueToText, visible } from '../value-text';

export interface StateOptions extends WorldOptions {
  readonly at?: number;
}

export async function state(
  { folder, path }: { readonly folder: string; readonly path: string },
  options: StateOptions,
  session: Session,
): Promise<ExitCode> {
  const world = await openStoredWorld(folder, options.branch);
  if (!world.ok) return failWith(session, [world.error], options);
  try {
    const found = find(world.value.branch, path, options.at);
    if (!found.ok) return await failWith(session, [found.error], options);
    await print(found.value, options, session);
    return 0;
  } finally {
    world.value.close();
  }
}

interface Found extends KernelAt {
  /** `null` for all of the state. */
  readonly key: string | null;
}

function find(branch: Branch, path: string, at = branch.length): Result<Found, Fault> {
  const { address, key } = splitPath(path);
  const found = kernelAt(branch, address, at);
  return found.ok ? ok({ ...found.value, key }) : found;
}

async function print(
  { kernel, view, at, key }: Found,
  options: StateOptions,
  { terminal }: Session,
): Promise<void> {
  const { address, code, codeName } = kernel;
  if (options.json === true) {
    const writer = createJsonWriter(terminal.write);
    await writer.open(null, 'map');
    await writer.add('kernelscope', 1);
    await writer.add('kernel', address);
    await writer.add('at', at);
    await writer.add('contract', codeName);
    await writer.add('code', code === null ? null : hashToText(code, codec.raw));
    await writer.open('children', 'list');
    for (const child of childrenOf(view, address)) await writer.add(null, nameOf(child.address));
    await writer.close();
    await writer.open('entries', 'list');
    for (const entry of entriesOf(kernel.state, key)) {
      await writer.add(null, { key: bytesToKeyText(entry.key), value: readable(entry.value) });
    }
    await writer.close();
    await writer.close();
    return;
  }
  const { style } = terminal;
  if (key === null) await terminal.write(`${style.strong(address)} ${codeName ?? style.faint('no code')}\n`);
  for (const entry of entriesOf(kernel.state, key)) {
    await terminal.write(`  ${visible(bytesToKeyText(entry.key))}: ${valueToText(readable(entry.value))}\n`);
  }
  if (key !== null) return;
  for (const child of childrenOf(view, address)) {
    await terminal.write(
      `  ${style.faint('child')} ${child.address} ${child.codeName ?? style.faint('no code')}\n`,
    );
  }
}

const slash = textToBytes('/');

/** The entry of a key and all below it; all entries for `null`. */
function* entriesOf(tree: StateTree, key: string | null): Generator<StateEntry, void, undefined> {
  const own = keyTextToBytes(key ?? '');
  const value = own.length === 0 ? undefined : tree.get(own);
  if (value !== undefined) yield { key: own, value };
  const isWhole = key === null || key === '' || key.endsWith('/');
  const below = entriesIn(tree, { prefix: isWhole ? own : concatBytes([own, slash]) });
  for (const entry of below) if (value === undefined || !bytesEqual(entry.key, own)) yield entry;
}

import { bytesEqual, textToBytes } from '../../base/bytes';
import { type Fault, fault } from '../../base/fault';
import { codec, hashToText } from '../../base/hash';
import { nearest } from '../../base/nearest';
import { type Result, err, ok } from '../../base/result';
import { type Address, parentOf, parseAddress, segmentsOf } from '../../environment/address';
import type { Branch } from '../../history/branch';
import { openStoredWorld } from '../../host/headless';
import type { Kernel } from '../../kernel/kernel';
import type { WorldView } from '../../kernel/world-view';
import { readable } from '../../scenario/expect';
import { entriesIn } from '../../state/iterate';
import type { StateEntry, StateTree } from '../../state/tree';
import { createJsonWriter } from '../json';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { bytesToKeyText, valueToText, visible } from '../value-text';

export interface StateOptions extends CommonOptions {
  readonly at?: number;
}

export async function state(
  { folder, path }: { readonly folder: string; readonly path: string },
  options: StateOptions,
  session: Session,
): Promise<ExitCode> {
  const world = await openStoredWorld(folder);
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

interface Found {
  readonly kernel: Kernel;
  readonly view: WorldView;
  readonly at: number;
  /** `null` for all of the state. */
  readonly key: string | null;
}

function find(branch: Branch, path: string, at = branch.length): Result<Found, Fault> {
  if (at > branch.length) {
    return err(fault('no-receipt', `the world has ${branch.length} receipts, fewer than ${at}`));
  }
  const colon = path.indexOf(':');
  const address = parseAddress(colon === -1 ? path : path.slice(0, colon));
  if (!address.ok) return address;
  const view = branch.world(at);
  const kernel = view.kernel(address.value);
  if (kernel === undefined) return err(noKernel(address.value, view));
  return ok({ kernel, view, at, key: colon === -1 ? null : path.slice(colon + 1) });
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

/** The entry of a key and all below it; all entries for `null`. */
function* entriesOf(tree: StateTree, key: string | null): Generator<StateEntry, void, undefined> {
  const own = textToBytes(key ?? '');
  const value = own.length === 0 ? undefined : tree.get(own);
  if (value !== undefined) yield { key: own, value };
  const isWhole = key === null || key === '' || key.endsWith('/');
  const below = entriesIn(tree, { prefix: isWhole ? own : textToBytes(`${key}/`) });
  for (const entry of below) if (value === undefined || !bytesEqual(entry.key, own)) yield entry;
}

const page = 256;

function* childrenOf(view: WorldView, parent: Address): Generator<Kernel, void, undefined> {
  let after: string | null = null;
  for (;;) {
    const children: readonly Kernel[] = view.children(parent, after, page);
    yield* children;
    const last = children.at(-1);
    if (last === undefined) return;
    after = nameOf(last.address);
  }
}

const nameOf = (address: Address): string => segmentsOf(address).at(-1) ?? '/';

function noKernel(address: Address, view: WorldView): Fault {
  const parent = parentOf(address);
  const above = parent === null ? undefined : view.kernel(parent);
  if (parent === null || above === undefined) return fault('no-kernel', `there is no kernel ${address}`);
  if (above.state.get(textToBytes(nameOf(address))) !== undefined) {
    return fault('no-kernel', `there is no kernel ${address}, but ${parent} has a key of that name`, {
      remedy: `write ${parent}:${nameOf(address)}`,
    });
  }
  const siblings = [...childrenOf(view, parent)].map((child) => child.address);
  const meant = nearest(address, siblings);
  return fault('no-kernel', `there is no kernel ${address}`, {
    remedy:
      meant === null ? `kernelscope state WORLD ${parent} lists what is there` : `did you mean ${meant}?`,
  });
}

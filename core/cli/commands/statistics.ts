import { finish } from '../../base/steps';
import { openStoredWorld } from '../../host/stored-world';
import { type WorldStatistics, measureWorld } from '../../kernel/world-statistics';
import { createJsonWriter } from '../json';
import { type KernelAt, kernelAt, worldAt } from '../kernel-at';
import { type ExitCode, type Session, type WorldOptions, failWith } from '../session';
import { amount, countToText } from '../value-text';

export interface StatisticsOptions extends WorldOptions {
  readonly at?: number;
  readonly sharedWith?: number;
  /** The kernel alone, without those below it. */
  readonly alone?: true;
}

export async function statistics(
  { folder, address }: { readonly folder: string; readonly address: string },
  options: StatisticsOptions,
  session: Session,
): Promise<ExitCode> {
  const stored = await openStoredWorld(folder, options.branch);
  if (!stored.ok) return failWith(session, [stored.error], options);
  const { branch } = stored.value;
  const { at = branch.length, sharedWith, alone } = options;
  try {
    const found = kernelAt(branch, address, at);
    if (!found.ok) return await failWith(session, [found.error], options);
    const other = sharedWith === undefined ? null : worldAt(branch, sharedWith);
    if (other?.ok === false) return await failWith(session, [other.error], options);
    const { kernel, view } = found.value;
    const scope = { address: kernel.address, below: alone !== true };
    const measured = finish(measureWorld(view, scope, other?.value ?? null));
    await (options.json === true ? printJson : printText)(measured, { ...found.value, ...options }, session);
    return 0;
  } finally {
    stored.value.close();
  }
}

type Asked = KernelAt & Pick<StatisticsOptions, 'sharedWith'>;

const sizeToText = ({ blocks, bytes }: WorldStatistics['stored']): string =>
  `${amount(blocks, 'block')}, ${amount(bytes, 'byte')}`;

async function printText(
  measured: WorldStatistics,
  { kernel, at, sharedWith }: Asked,
  { terminal }: Session,
): Promise<void> {
  const { kernels, entries, nodes, leaves, depth, stored, shared } = measured;
  const rows: readonly (readonly [name: string, words: string])[] = [
    ['kernels', countToText(kernels)],
    ['entries', countToText(entries)],
    ['nodes', `${countToText(nodes)}, ${countToText(leaves)} of them leaves, at most ${depth} deep`],
    ['in all', sizeToText(measured)],
    ['stored', `${sizeToText(stored)}, with what is equal counted once`],
    ...(shared === null
      ? []
      : [['shared', `${sizeToText(shared)}, with the world after ${sharedWith}`] as const]),
  ];
  await terminal.write(`${terminal.style.strong(kernel.address)} after ${amount(at, 'receipt')}\n`);
  for (const [name, words] of rows) await terminal.write(`  ${name.padEnd(8)}${words}\n`);
}

async function printJson(
  { stored, shared, ...measured }: WorldStatistics,
  { kernel, at }: Asked,
  { terminal }: Session,
): Promise<void> {
  const writer = createJsonWriter(terminal.write);
  await writer.open(null, 'map');
  await writer.add('kernelscope', 1);
  await writer.add('kernel', kernel.address);
  await writer.add('at', at);
  for (const [name, count] of Object.entries(measured)) await writer.add(name, count);
  await writer.add('stored', { ...stored });
  await writer.add('shared', shared === null ? null : { ...shared });
  await writer.close();
}

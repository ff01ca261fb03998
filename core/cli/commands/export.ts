import { basename, resolve } from 'node:path';
import { hashToText } from '../../base/hash';
import { exportHistory, exportState } from '../../host/export-world';
import { openStoredWorld } from '../../host/stored-world';
import { valueToJson } from '../json';
import { worldAt } from '../kernel-at';
import { type CommonOptions, type ExitCode, type Session, failWith } from '../session';
import { amount } from '../value-text';

export interface ExportOptions extends CommonOptions {
  readonly output?: string;
  /** The kernels alone, without their past. */
  readonly state?: true;
  readonly at?: number;
  readonly branch?: string;
}

export async function exportWorld(
  folder: string,
  options: ExportOptions,
  { terminal }: Session,
): Promise<ExitCode> {
  const stored = await openStoredWorld(folder, options.branch);
  if (!stored.ok) return failWith({ terminal }, [stored.error], options);
  const { branch, close } = stored.value;
  try {
    const { at = branch.length, state = false, output = `${basename(resolve(folder))}.car` } = options;
    const world = worldAt(branch, at);
    if (!world.ok) return await failWith({ terminal }, [world.error], options);
    const isState = state || options.at !== undefined;
    const written = await (isState
      ? exportState(stored.value, output, at)
      : exportHistory(stored.value, output));
    if (!written.ok) return await failWith({ terminal }, [written.error], options);
    const { blocks, bytes, root } = written.value;
    const kind = isState ? 'state' : 'history';
    if (options.json === true) {
      const document = { kernelscope: 1, file: output, kind, at, root: hashToText(root), blocks, bytes };
      await terminal.write(`${valueToJson(document)}\n`);
    } else {
      await terminal.write(
        `${output}: the ${kind} ${hashToText(root)} after ${amount(at, 'receipt')}, ` +
          `${amount(blocks, 'block')}, ${amount(bytes, 'byte')}\n`,
      );
    }
    return 0;
  } finally {
    close();
  }
}

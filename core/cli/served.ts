import { valueToJson } from './json';
import type { CommonOptions } from './session';
import type { Terminal } from './terminal';

/** Tells where the IDE is: the first line of the output. */
export async function say(
  served: { readonly url: string | null; readonly folder: string; readonly host: 'web' | 'electron' },
  { json }: CommonOptions,
  { write }: Terminal,
): Promise<void> {
  if (json === true) await write(`${valueToJson({ kernelscope: 1, ...served })}\n`);
  else if (served.url !== null) await write(`${served.url}\n`);
}

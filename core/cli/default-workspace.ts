/** The workspace that opens when none is named: the current folder if it is one, else the user's own example. */
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../base/fault';
import { type Result, ok } from '../base/result';
import { createWorkspace } from '../workspace/template';
import { isWorkspace } from '../workspace/workspace';

const example = 'bank';

export interface DefaultWorkspace {
  readonly folder: string;
  /** Where it came from, in words; `null` for the current folder. */
  readonly words: string | null;
}

export async function findDefaultWorkspace(examples: string): Promise<Result<DefaultWorkspace, Fault>> {
  if (await isWorkspace('.')) return ok({ folder: process.cwd(), words: null });
  const own = await openExample(join(homedir(), 'kernelscope', example), examples);
  // A home that can't be written is no reason not to look at the example.
  if (own.ok || own.error.code !== 'not-writable') return own;
  return openExample(join(tmpdir(), `kernelscope-${process.getuid?.() ?? 0}`, example), examples);
}

async function openExample(folder: string, examples: string): Promise<Result<DefaultWorkspace, Fault>> {
  if (await isWorkspace(folder)) return ok({ folder, words: `the example workspace in ${folder}` });
  const made = await createWorkspace({ folder, examples, template: example });
  return made.ok ? ok({ folder, words: `a new example workspace in ${folder}` }) : made;
}

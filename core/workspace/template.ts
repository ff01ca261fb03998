/** New workspaces, copied from the examples that ship with the program. */
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { nearest } from '../base/nearest';
import { type Result, err } from '../base/result';
import { makeEmptyFolder } from './empty-folder';
import { notWritable } from './not-writable';
import { type Workspace, isWorkspace, openWorkspace } from './workspace';

export type TemplateFault = Fault<
  'no-template' | 'not-empty' | 'not-writable' | 'no-folder' | 'not-a-workspace' | 'not-readable'
>;

/** Names of the examples in a folder of examples. */
export async function listTemplates(examples: string): Promise<readonly string[]> {
  const entries = await readdir(examples, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const usable = await Promise.all(names.map((name) => isWorkspace(join(examples, name))));
  return names.filter((_, index) => usable[index]).toSorted();
}

/** Makes a workspace in a folder that is empty or isn't there yet. What an example kept of its worlds stays behind. */
export async function createWorkspace(options: {
  readonly folder: string;
  readonly examples: string;
  readonly template: string;
}): Promise<Result<Workspace, TemplateFault>> {
  const { examples, template } = options;
  const folder = resolve(options.folder);
  const templates = await listTemplates(examples);
  if (!templates.includes(template)) {
    const meant = nearest(template, templates);
    return err(
      fault('no-template', `there is no template ${JSON.stringify(template)}`, {
        remedy: `${meant === null ? '' : `did you mean ${meant}? `}there are: ${templates.join(', ')}`,
      }),
    );
  }
  const empty = await makeEmptyFolder(folder);
  if (!empty.ok) return empty;
  try {
    await cp(join(examples, template), folder, {
      recursive: true,
      filter: (source) => !source.endsWith('.kernelscope'),
    });
  } catch (error) {
    return err(notWritable(folder, error));
  }
  return openWorkspace(folder);
}

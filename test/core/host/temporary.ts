import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Workspace, openWorkspace } from '../../../core/workspace/workspace';

/** A folder that is removed when the test is done, with files by their paths. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kernelscope-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

export async function temporaryWorkspace(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Workspace> {
  const opened = await openWorkspace(
    temporaryFolder({ 'kernelscope.yaml': 'kernelscope: 1\nkernels: {}\n', ...files }),
  );
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

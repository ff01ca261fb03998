/** The files of a workspace, as calls of the protocol. Every path goes through `confine`; every write is atomic. */
import { mkdir, open, readFile, readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { bytesToHex, textToBytes } from '../base/bytes';
import { type Result, err, ok } from '../base/result';
import { type Fault, fault } from '../base/fault';
import type { workspaceProtocol } from '../studio/protocol/workspace';
import type { Handlers } from '../studio/rpc/serve';
import { confine, isInside } from '../workspace/confine';
import type { Workspace } from '../workspace/workspace';
import { nativeHashOf } from '../store/native-hash';
import { systemFault } from './system-fault';
import { createTrash } from './trash';

/** The most bytes of a file that the editor takes. */
export const largestText = 4 * 1024 * 1024;

export type FileHandlers = Pick<
  Handlers<typeof workspaceProtocol>,
  | 'files.list'
  | 'files.read'
  | 'files.write'
  | 'files.create'
  | 'files.rename'
  | 'files.remove'
  | 'files.restore'
>;

export function createFiles({ folder, kept }: Workspace): FileHandlers {
  const trash = createTrash(kept.trash);

  /** Runs a file operation on a confined path; what the machine says becomes a fault. */
  async function at<T>(
    path: string,
    act: (real: string) => Promise<Result<T, Fault>>,
  ): Promise<Result<T, Fault>> {
    const real = await confine(folder, path);
    if (!real.ok) return real;
    if (isInside(kept.folder, real.value)) return err(fault('bad-path', `${path} is the program's own`));
    try {
      return await act(real.value);
    } catch (error) {
      return err(systemFault(path, error));
    }
  }

  return {
    'files.list': ({ folder: path, start, count }) =>
      at(path, async (real) => {
        const entries = (await readdir(real, { withFileTypes: true }))
          .filter(({ name }) => path !== '' || name !== basename(kept.folder))
          .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
          .toSorted(folderFirst);
        const rows = await Promise.all(
          entries.slice(start, start + count).map(async ({ name, isFolder }) => ({
            path: path === '' ? name : `${path}/${name}`,
            name,
            kind: isFolder ? ('folder' as const) : ('file' as const),
            size: isFolder ? 0 : await sizeOf(join(real, name)),
          })),
        );
        return ok({ start, total: entries.length, rows });
      }),

    'files.read': ({ path }) =>
      at(path, async (real) => {
        const { size } = await stat(real);
        if (size > largestText) return err(tooLarge(path, size));
        const bytes = await readFile(real);
        const text = bytesToText(bytes);
        if (text === null) return err(fault('not-text', `${path} is not a text file`));
        return ok({ text, version: versionOf(bytes) });
      }),

    'files.write': ({ path, text, version }) =>
      at(path, async (real) => {
        const bytes = textToBytes(text);
        if (bytes.length > largestText) return err(tooLarge(path, bytes.length));
        if (version !== null && (await versionOnDisk(real)) !== version) {
          return err(
            fault('changed-on-disk', `${path} was changed by another program since it was opened`, {
              remedy: 'compare the two texts, then keep one of them',
            }),
          );
        }
        await writeFileAtomic(real, Buffer.from(bytes));
        return ok({ version: versionOf(bytes) });
      }),

    'files.create': ({ path, kind }) =>
      at(path, async (real) => {
        await mkdir(dirname(real), { recursive: true });
        if (kind === 'folder') await mkdir(real);
        else await (await open(real, 'wx')).close();
        return ok({});
      }),

    'files.rename': ({ from, to }) =>
      at(from, (realFrom) =>
        at(to, async (realTo) => {
          if (realFrom === folder) return err(fault('bad-path', 'the workspace itself is not renamed here'));
          if (await exists(realTo)) {
            return err(fault('exists', `${to} is there already`, { remedy: 'choose another name' }));
          }
          await stat(realFrom);
          await mkdir(dirname(realTo), { recursive: true });
          await rename(realFrom, realTo);
          return ok({});
        }),
      ),

    'files.remove': ({ path }) =>
      at(path, async (real) => {
        if (real === folder) return err(fault('bad-path', 'the workspace itself is not removed here'));
        return ok({ undo: await trash.put(path, real) });
      }),

    async 'files.restore'({ undo }) {
      const path = await trash.pathOf(undo);
      if (path === null) return err(fault('not-found', 'what was removed is no longer in the trash'));
      return at(path, async (real) => {
        if (await exists(real)) {
          return err(
            fault('exists', `${path} is there already`, { remedy: 'rename or remove that one first' }),
          );
        }
        await trash.take(undo, real);
        return ok({ path });
      });
    },
  };
}

/** Names a file's content: equal versions are equal files. */
const versionOf = (bytes: Uint8Array): string => bytesToHex(nativeHashOf(bytes)).slice(0, 32);

const versionOnDisk = (path: string): Promise<string | null> =>
  readFile(path).then(versionOf, (error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Links to nowhere have no size of their own. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

function bytesToText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const tooLarge = (path: string, size: number) =>
  fault('too-large', `${path} has ${size.toLocaleString('en')} bytes; the editor takes up to 4 MiB`, {
    remedy: 'open it with another program',
  });

const byName = new Intl.Collator('en', { numeric: true });

function folderFirst(left: ListedEntry, right: ListedEntry): number {
  if (left.isFolder !== right.isFolder) return left.isFolder ? -1 : 1;
  return byName.compare(left.name, right.name);
}

interface ListedEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

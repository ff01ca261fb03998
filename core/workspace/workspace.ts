/** A folder on disk: contracts, scenarios and settings; `.kernelscope/` holds what the program keeps there. */
import { constants } from 'node:fs';
import { access, mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Fault, fault } from '../base/fault';
import { type Result, err, ok } from '../base/result';
import { notWritable } from './not-writable';

export interface Workspace {
  readonly name: string;
  /** Absolute, without symbolic links. */
  readonly folder: string;
  readonly writable: boolean;
  readonly kept: KeptPaths;
}

/** Where the program keeps what is its own: absolute paths, which need not exist. */
export interface KeptPaths {
  /** `.kernelscope` itself. */
  readonly folder: string;
  /** The world's store. */
  readonly world: string;
  readonly drafts: string;
  readonly trash: string;
  /** Held by the one process that has the workspace open for writing. */
  readonly lock: string;
  /** The window's layout and settings. */
  readonly window: string;
  readonly breakpoints: string;
}

export type WorkspaceFault = Fault<'no-folder' | 'not-a-workspace' | 'not-readable'>;

/** The set-up of a workspace's world, in the scenario format. */
export const setupFile = 'kernelscope.yaml';
export const scenariosFolder = 'scenarios';

/** Opens a folder that is a workspace. Writes nothing. */
export async function openWorkspace(folder: string): Promise<Result<Workspace, WorkspaceFault>> {
  const path = resolve(folder);
  const kind = await kindOf(path);
  if (kind === 'nothing') {
    return err(
      fault('no-folder', `there is no folder ${path}`, {
        remedy: `kernelscope new ${folder} makes a workspace there`,
      }),
    );
  }
  if (kind !== 'folder') {
    return err(fault('no-folder', `${path} is not a folder`, { remedy: 'name the folder that it lies in' }));
  }
  if (!(await allows(path, constants.R_OK | constants.X_OK))) {
    return err(
      fault('not-readable', `${path} can't be read: permission denied`, {
        remedy: 'change its permissions, or choose another folder',
      }),
    );
  }
  if (await isWorkspace(path)) return ok(await describe(path));
  return err(
    fault(
      'not-a-workspace',
      `${path} is not a workspace: it has neither ${setupFile} nor ${contracts.folder}/`,
      {
        remedy: 'kernelscope new DIR makes a workspace from an example',
      },
    ),
  );
}

/** Whether a folder holds a set-up file or contracts. */
export const isWorkspace = async (folder: string): Promise<boolean> =>
  (await kindOf(join(folder, setupFile))) === 'file' ||
  (await kindOf(join(folder, contracts.folder))) === 'folder';

/**
 * The workspace that a file belongs to: the nearest folder above it that is one, else the file's own folder. So a
 * scenario runs wherever it lies.
 */
export async function workspaceOf(file: string): Promise<Workspace> {
  const own = dirname(resolve(file));
  for (let folder = own; ; folder = dirname(folder)) {
    if (await isWorkspace(folder)) return describe(folder);
    if (dirname(folder) === folder) return describe(own);
  }
}

/** Paths of all contracts, from the workspace folder, with `/`, in order. */
export const listContracts = ({ folder }: Pick<Workspace, 'folder'>): Promise<readonly string[]> =>
  listFiles(folder, contracts);

/** Paths of all scenarios, from the workspace folder, with `/`, in order. */
export const listScenarios = ({ folder }: Workspace): Promise<readonly string[]> =>
  listFiles(folder, scenarios);

/** Makes `.kernelscope/` and the folders in it; version control is told to leave it alone. */
export async function prepareKept({ kept }: Workspace): Promise<Result<KeptPaths, Fault<'not-writable'>>> {
  try {
    for (const folder of [kept.world, kept.drafts, kept.trash]) await mkdir(folder, { recursive: true });
    await writeFile(join(kept.folder, '.gitignore'), '*\n');
    return ok(kept);
  } catch (error) {
    return err(notWritable(kept.folder, error));
  }
}

const contracts = { folder: 'contracts', pattern: /(?<!\.d)\.(ts|wat|wasm|js)$/ };
const scenarios = { folder: scenariosFolder, pattern: /\.ya?ml$/ };

async function describe(path: string): Promise<Workspace> {
  const folder = await realpath(path);
  const kept = join(folder, '.kernelscope');
  return {
    name: basename(folder),
    folder,
    writable: await allows(folder, constants.W_OK | constants.X_OK),
    kept: {
      folder: kept,
      world: join(kept, 'world'),
      drafts: join(kept, 'drafts'),
      trash: join(kept, 'trash'),
      lock: join(kept, 'lock'),
      window: join(kept, 'window.json'),
      breakpoints: join(kept, 'breakpoints.cbor'),
    },
  };
}

async function listFiles(root: string, { folder, pattern }: typeof contracts): Promise<readonly string[]> {
  const top = join(root, folder);
  if ((await kindOf(top)) !== 'folder') return [];
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'nothing';
  return found.isDirectory() ? 'folder' : 'file';
}

const allows = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

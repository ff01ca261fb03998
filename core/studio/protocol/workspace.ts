/** Calls about the folder on disk: answered by the host process. Paths are relative to it, with `/`. */
import { z } from 'zod';
import { call, event, pageOf, range } from './declare';
import { contractInterface, diagnostic } from './wire';
import { worldStatus } from './world';

const path = z.string();

export const fileEntry = z
  .object({ path, name: z.string(), kind: z.enum(['file', 'folder']), size: z.int() })
  .readonly();
export type FileEntry = z.infer<typeof fileEntry>;

/** What saving a contract did: the bindings it changed, or why it changed none. */
export const binding = z
  .object({
    built: z.boolean(),
    diagnostics: z.array(diagnostic),
    codeBytes: z.int(),
    /** The code's CID; empty when it was not built. */
    code: z.string(),
    /** Addresses of the kernels that the new code was bound to; at most 100 are named. */
    bound: z.array(z.string()),
    boundTotal: z.int(),
    /** How many of all still run the code before: messages for them wait. */
    waiting: z.int(),
    /** Whether the code is the same as before, so that nothing had to change. */
    unchanged: z.boolean(),
    milliseconds: z.number(),
  })
  .readonly();
export type Binding = z.infer<typeof binding>;

/** Saving a file of import sets: what is wrong with it, and what became of the contracts that it is a part of. */
export const rebuilt = z
  .object({
    diagnostics: z.array(diagnostic),
    contracts: z.array(binding.unwrap().extend({ path }).readonly()),
    milliseconds: z.number(),
  })
  .readonly();
export type Rebuilt = z.infer<typeof rebuilt>;

/** A file that contracts of one language are completed from. */
export const editorLibrary = z
  .object({ language: z.enum(['assemblyscript', 'javascript']), path, text: z.string() })
  .readonly();
export type EditorLibrary = z.infer<typeof editorLibrary>;

export const workspaceProtocol = {
  'workspace.describe': call(
    'What is open: the folder, its name, whether it can be written to, and what was recovered at start.',
    z.object({}),
    z.object({
      name: z.string(),
      folder: z.string(),
      writable: z.boolean(),
      /** Words about what the start found and mended; `null` when all was well. */
      recovered: z.string().nullable(),
      host: z.enum(['electron', 'web']),
      version: z.string(),
    }),
  ),
  'workspace.changed': event(
    'Files were created, changed or removed by any program, this one included.',
    z.object({ paths: z.array(path) }),
  ),
  'files.list': call(
    'The entries of one folder, folders first, then by name. The empty path is the workspace itself.',
    z.object({ folder: path, ...range }),
    pageOf(fileEntry),
  ),
  'files.read': call(
    'A text file and its version. Fault `too-large` over 4 MiB, `not-text` for other bytes.',
    z.object({ path }),
    z.object({ text: z.string(), version: z.string() }),
  ),
  'files.write': call(
    'Writes a text file as a whole. Fault `changed-on-disk` when `version` is given and is not the one on disk.',
    z.object({ path, text: z.string(), version: z.string().nullable() }),
    z.object({ version: z.string() }),
  ),
  'files.create': call(
    'A new empty file or folder. Fault `exists`.',
    z.object({ path, kind: z.enum(['file', 'folder']) }),
    z.object({}),
  ),
  'files.rename': call(
    'Moves a file or folder. Fault `exists`.',
    z.object({ from: path, to: path }),
    z.object({}),
  ),
  'files.remove': call(
    "Moves a file or folder to the workspace's trash; `undo` is what `files.restore` takes.",
    z.object({ path }),
    z.object({ undo: z.string() }),
  ),
  'files.restore': call('Takes back a removal.', z.object({ undo: z.string() }), z.object({ path })),
  'drafts.list': call(
    'Unsaved texts that the window had kept.',
    z.object({}),
    z.object({ drafts: z.array(z.object({ path, text: z.string(), version: z.string().nullable() })) }),
  ),
  'drafts.keep': call(
    'Keeps an unsaved text so that it survives a reload or a crash; `text` null lets go of it.',
    z.object({ path, text: z.string().nullable(), version: z.string().nullable() }),
    z.object({}),
  ),
  'window.read': call(
    'What the window stored with `window.write`; `null` at first.',
    z.object({}),
    z.object({ state: z.string().nullable() }),
  ),
  'window.write': call(
    "Remembers the window's layout and settings as text.",
    z.object({ state: z.string() }),
    z.object({}),
  ),
  'window.command': event(
    "A command chosen in the shell's native menu, by the name that the window's own palette gives it.",
    z.object({ command: z.string() }),
  ),
  'contracts.check': call(
    'Compiles a text that may not be saved yet, for its diagnostics alone.',
    z.object({ path, text: z.string() }),
    z.object({ diagnostics: z.array(diagnostic), interface: contractInterface.nullable() }),
  ),
  'contracts.bind': call(
    'Builds a saved contract and binds the new code to every kernel that runs it, as signals with receipts.',
    z.object({ path }),
    binding,
  ),
  'contracts.rebuild': call(
    'Builds and binds each contract that a saved file of import sets, in `imports/`, is a part of.',
    z.object({ path }),
    rebuilt,
  ),
  'contracts.libraries': call(
    "Declaration files for the editor: AssemblyScript's standard library, the contract SDK, and import sets.",
    z.object({}),
    z.object({ files: z.array(editorLibrary) }),
  ),
  'world.restart': call(
    "Ends the world's thread at once and starts it again from the last commit.",
    z.object({}),
    worldStatus,
  ),
};

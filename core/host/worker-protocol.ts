/** What the host process and its two workers say to each other. */
import { z } from 'zod';
import { call } from '../studio/protocol/declare';
import { interfaceSchema } from '../contracts/describe';
import { diagnostic } from '../studio/protocol/wire';
import { editorLibrary } from '../studio/protocol/workspace';
import { worldThreadProtocol } from '../studio/protocol/studio';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** A contract that was compiled, as it goes from the build worker to the world. */
export const builtContract = z
  .object({ path: z.string(), code: bytes, sourceMap: z.string().nullable() })
  .readonly();
export type BuiltContract = z.infer<typeof builtContract>;

/** Answered by the world worker: all that windows may ask, and what only its host may. */
export const worldWorkerProtocol = {
  ...worldThreadProtocol,
  'world.open': call(
    'Opens the store. Comes before all else.',
    z.object({}),
    z.object({
      /** Whether there is no world in it yet: `world.create` comes next. */
      isNew: z.boolean(),
      /** Receipts that are committed, and messages that wait to be delivered. */
      length: z.int(),
      pending: z.int(),
    }),
  ),
  'world.create': call(
    "Makes the world from the workspace's set-up, with the contracts that could be built.",
    z.object({ contracts: z.array(builtContract) }),
    z.object({}),
  ),
  'world.bind': call(
    'Binds new code to the kernels that run this contract, and makes those that waited for it.',
    builtContract,
    z.object({
      code: z.string(),
      bound: z.array(z.string()),
      boundTotal: z.int(),
      waiting: z.int(),
      unchanged: z.boolean(),
    }),
  ),
};
export type WorldWorkerProtocol = typeof worldWorkerProtocol;

export const buildAnswer = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    code: bytes,
    interface: interfaceSchema,
    sourceMap: z.string().nullable(),
    diagnostics: z.array(diagnostic),
    inputs: z.array(z.string()),
  }),
  z.object({ ok: z.literal(false), diagnostics: z.array(diagnostic), inputs: z.array(z.string()) }),
]);
export type BuildAnswer = z.infer<typeof buildAnswer>;

/** Answered by the build worker. */
export const buildWorkerProtocol = {
  'build.run': call(
    'Compiles a contract of the workspace. `text` stands in for what is on disk.',
    z.object({ path: z.string(), text: z.string().nullable() }),
    buildAnswer,
  ),
  'build.libraries': call(
    'Declaration files for the editor.',
    z.object({}),
    z.object({ files: z.array(editorLibrary) }),
  ),
};
export type BuildWorkerProtocol = typeof buildWorkerProtocol;

/** What a worker is started with. */
export const worldWorkerData = z.object({
  workspace: z.string(),
  /** Where the store is; `null` to keep the world in memory. */
  store: z.string().nullable(),
  /** The file of breakpoints; `null` to keep them in memory. */
  breakpoints: z.string().nullable(),
  /** Starts stopped, so that what hung it before doesn't at once hang it again. */
  paused: z.boolean(),
});
export type WorldWorkerData = z.infer<typeof worldWorkerData>;

export const buildWorkerData = z.object({ workspace: z.string() });

/** The documents that `--json` writes, declared once: their JSON Schemas ship with the program. */
import { z } from 'zod';

/** A value of the data model: as in JSON, with bytes as `{ "/": { "bytes": BASE64 } }` and links as `{ "/": CID }`. */
const value = z.unknown().meta({
  description:
    'A value. Integers are exact at any width; { "/": { "bytes": BASE64 } } is bytes and { "/": CID } a link.',
});

const count = z.int().min(0);
const address = z.string();
const version = z.literal(1).meta({ description: 'The version of this form.' });

const position = z.strictObject({
  file: z.string().optional(),
  line: z.int().optional(),
  column: z.int().optional(),
  length: z.int().optional(),
  offset: z.int().optional(),
});

const fault = z
  .strictObject({
    code: z.string().meta({ description: 'For programs.' }),
    message: z.string(),
    position: position.optional(),
    remedy: z.string().optional(),
  })
  .meta({ description: 'What was wrong, where, and what to do.' });

const faults = z.array(fault);

const diagnostic = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  length: z.int(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  code: z.string(),
});

const failure = z
  .strictObject({ kernelscope: version, faults: faults.min(1) })
  .meta({ description: 'Nothing could be done.' });

const orFailure = <S extends z.ZodType>(document: S) => z.union([document, failure]);

const receipt = {
  index: count,
  id: count,
  from: address.nullable().meta({ description: 'null for a signal.' }),
  to: address,
  method: z.string(),
  args: value,
  outcome: z.enum(['ok', 'trap', 'rejected']),
  reason: z.string().meta({ description: 'The words of a trap or rejection; empty when ok.' }),
  reply: value,
  gasUsed: z.number(),
  cause: count.nullable().meta({ description: 'Index of the receipt whose run sent it.' }),
  signal: count.meta({ description: 'Index of the receipt of the signal it began with.' }),
  depth: count,
  code: z.string().nullable(),
  before: z.string().nullable().meta({ description: "Root of the kernel's state before." }),
  after: z.string().nullable(),
  sends: z.array(z.strictObject({ id: count, to: address, method: z.string(), args: value })),
  logs: z.array(z.string()),
};

const importCall = z.strictObject({
  index: count,
  set: z.string(),
  name: z.string(),
  args: z.record(z.string(), value),
  result: value,
  written: value.meta({ description: 'What it wrote to the memory; null for nothing.' }),
  answered: z.boolean().meta({ description: 'Whether it was answered by hand.' }),
  gasLeft: z.number(),
  refused: z.string().nullable(),
});

const change = z.strictObject({
  key: z.string().meta({ description: 'As text, or 0x… when it is none.' }),
  before: value.optional().meta({ description: 'Absent when there was nothing.' }),
  after: value.optional(),
});

const expectation = z.strictObject({
  kind: z.enum(['outcome', 'reply', 'messages', 'log', 'state']),
  kernel: address.optional(),
  key: z.string().optional(),
  line: z.int(),
  held: z.boolean(),
  expected: value,
  found: value.optional().meta({ description: 'Absent when there is no such kernel or key.' }),
});

const summary = z.strictObject({
  held: z.boolean(),
  steps: count,
  failedSteps: count,
  untakenSteps: count,
  expectations: count,
  failedExpectations: count,
  messages: count,
  gasUsed: z.number(),
  faults: count,
});

export const runOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    file: z.string(),
    name: z.string(),
    kernels: z.array(
      z.strictObject({
        address,
        contract: z.string().nullable(),
        code: z.string().nullable(),
        state: z.record(z.string(), value),
      }),
    ),
    steps: z.array(
      z.strictObject({
        line: z.int(),
        signal: address,
        method: z.string(),
        receipts: z.array(
          z.strictObject({ ...receipt, imports: z.array(importCall), changes: z.array(change) }),
        ),
        expectations: z.array(expectation),
        held: z.boolean(),
        messages: count,
        gasUsed: z.number(),
      }),
    ),
    faults,
    summary,
  }),
);

export const testOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    scenarios: z.array(
      z.strictObject({
        file: z.string(),
        name: z.string(),
        held: z.boolean(),
        failures: z.array(expectation),
        faults,
        summary: summary.nullable().meta({ description: 'null when the file could not be read.' }),
      }),
    ),
    summary: z.strictObject({ held: z.boolean(), scenarios: count, failedScenarios: count }),
  }),
);

export const buildOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    file: z.string(),
    built: z.boolean(),
    diagnostics: z.array(diagnostic),
    output: z.string().nullable().meta({ description: 'The file that was written.' }),
    bytes: count,
    interface: z.unknown().meta({ description: 'Methods, parameters, records; null when it was not built.' }),
  }),
);

export const newOutput = orFailure(
  z.strictObject({ kernelscope: version, folder: z.string(), template: z.string() }),
);

export const serveOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    url: z.string(),
    folder: z.string(),
    host: z.enum(['web', 'electron']),
  }),
);

export const stateOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    kernel: address,
    at: count.meta({ description: 'The world after this many receipts.' }),
    contract: z.string().nullable(),
    code: z.string().nullable(),
    children: z.array(z.string()),
    entries: z.array(z.strictObject({ key: z.string(), value })),
  }),
);

export const searchOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    kernel: address.meta({ description: 'It was searched, and all below it.' }),
    at: count.meta({ description: 'The world after this many receipts.' }),
    matches: z.array(
      z.strictObject({
        kernel: address,
        key: z.string().meta({ description: 'As text, or 0x… when it is none.' }),
        value,
        inKey: z.boolean(),
        inValue: z.boolean(),
      }),
    ),
    looked: count.meta({ description: 'Entries that were looked at.' }),
  }),
);

const storedSize = z.strictObject({ blocks: count, bytes: count });

export const statisticsOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    kernel: address,
    at: count.meta({ description: 'The world after this many receipts.' }),
    kernels: count,
    entries: count,
    nodes: count,
    leaves: count,
    depth: count.meta({ description: 'Nodes on the longest way from a root to a leaf.' }),
    blocks: count,
    bytes: count,
    stored: storedSize.meta({ description: 'With what is equal counted once.' }),
    shared: storedSize.nullable().meta({ description: 'Those of them that the other point has, too.' }),
  }),
);

const worldPoint = z.strictObject({
  world: z.string(),
  at: count.meta({ description: 'The world after this many receipts.' }),
  root: z.string(),
});

const kernelSide = z.strictObject({
  contract: z.string().nullable(),
  code: z.string().nullable(),
  state: z.string().meta({ description: "The root of the kernel's state." }),
});

export const diffOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    before: worldPoint,
    after: worldPoint,
    kernels: z.array(
      z.strictObject({
        kernel: address,
        change: z.enum(['added', 'removed', 'changed']),
        before: kernelSide.optional(),
        after: kernelSide.optional(),
        entries: z.array(change),
      }),
    ),
  }),
);

export const exportOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    file: z.string(),
    kind: z.enum(['history', 'state']),
    at: count.meta({ description: 'The world after this many receipts.' }),
    root: z.string().meta({ description: "The file's root: the head of the history, or the world's root." }),
    blocks: count,
    bytes: count,
  }),
);

export const importOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    folder: z.string(),
    length: count.meta({ description: 'Receipts of the history.' }),
    root: z.string().meta({ description: "The world's." }),
    blocks: count,
  }),
);

const bytes = z
  .strictObject({ '/': z.strictObject({ bytes: z.string() }) })
  .meta({ description: 'Bytes in base64.' });

export const proofOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    holds: z.enum(['value', 'no-key', 'no-kernel']).meta({ description: 'What the proof shows.' }),
    value: value.optional(),
    proof: z
      .strictObject({
        root: z.string().meta({ description: "The world's." }),
        kernel: address,
        key: bytes,
        blocks: z.array(bytes),
      })
      .meta({ description: 'All that is read by who checks it.' }),
  }),
);

export const historyOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    length: count,
    root: z.string(),
    receipts: z.array(
      z.strictObject({
        ...receipt,
        value: z
          .strictObject({ before: value.optional(), after: value.optional() })
          .optional()
          .meta({ description: 'What the entry that was asked for held; absent when there was nothing.' }),
      }),
    ),
    next: count.nullable().meta({ description: 'Where to go on; null when there are no more.' }),
    faults: faults.optional().meta({ description: 'Why the list ends before its end.' }),
  }),
);

export const checkOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    branches: z.array(
      z.strictObject({
        name: z.string(),
        length: count.nullable().meta({ description: 'Receipts; null when its head can not be read.' }),
        damages: z.array(
          z.strictObject({
            block: z.string().nullable().meta({ description: 'Its CID; null for an entry of the store.' }),
            problem: z.enum(['missing', 'damaged', 'misplaced']),
            place: z.string().meta({ description: 'What it belongs to, in words.' }),
          }),
        ),
      }),
    ),
    segments: count.meta({ description: 'Damaged parts of the index, which are made again when needed.' }),
  }),
);

const storageSize = z.strictObject({
  whole: count.meta({ description: 'Bytes that it takes of the disk.' }),
  used: count.meta({ description: 'Bytes of these that hold something.' }),
});

export const collectOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    blocks: count.meta({ description: 'That were freed.' }),
    bytes: count,
    before: storageSize,
    after: storageSize,
  }),
);

export const branchOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    chosen: z.string().meta({ description: 'The branch that is worked on.' }),
    branches: z.array(
      z.strictObject({
        name: z.string(),
        length: count,
        fork: z
          .strictObject({
            at: count.meta({ description: 'Receipts that it shares with the branch it is from.' }),
            from: z.array(z.string()).meta({ description: 'None when that one was deleted.' }),
          })
          .nullable(),
      }),
    ),
  }),
);

export const forkOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    name: z.string(),
    at: count.meta({ description: 'Receipts that it shares.' }),
    of: z.string(),
    length: count,
    pending: count.meta({ description: 'Messages on their way.' }),
    root: z.string(),
  }),
);

const branchSide = z.strictObject({ name: z.string(), length: count });

export const compareOutput = orFailure(
  z.strictObject({
    kernelscope: version,
    shared: count.meta({ description: 'Receipts that both branches have, from the first one.' }),
    left: branchSide,
    right: branchSide,
    rows: z.array(
      z.strictObject({
        left: z.strictObject(receipt).nullable(),
        right: z.strictObject(receipt).nullable(),
        differences: z.array(z.enum(['call', 'outcome', 'gas', 'state', 'sends', 'logs'])),
      }),
    ),
  }),
);

/** By the name of the command, for the files `schemas/NAME.schema.json`. */
export const outputByCommand = {
  run: runOutput,
  test: testOutput,
  build: buildOutput,
  new: newOutput,
  serve: serveOutput,
  state: stateOutput,
  search: searchOutput,
  statistics: statisticsOutput,
  diff: diffOutput,
  export: exportOutput,
  import: importOutput,
  proof: proofOutput,
  verify: proofOutput,
  history: historyOutput,
  check: checkOutput,
  collect: collectOutput,
  branch: branchOutput,
  'branch-fork': forkOutput,
  'branch-compare': compareOutput,
} satisfies Record<string, z.ZodType>;

/** JSON Schemas (draft 7) of all documents, by command. */
export const outputSchemas = (): ReadonlyMap<string, object> =>
  new Map(
    Object.entries(outputByCommand).map(([command, schema]) => [
      command,
      z.toJSONSchema(schema, { target: 'draft-7' }),
    ]),
  );

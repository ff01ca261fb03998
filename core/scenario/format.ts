/**
 * The scenario file as it is written, declared once: its checks, its words for people and its JSON Schema come from
 * here. A session, a test and a bug report are all such a file; without steps it is the set-up of a workspace's world.
 */
import { z } from 'zod';
import { type Value, isValueMap } from '../base/value';
import type { Values } from './scenario';

const value = z
  .custom<Value>((found) => found !== undefined, 'expected a value')
  .meta({
    description:
      'null, a bool, an integer (exact to 64 bits), a float, a text, !!binary, a list, a map, or { "/": CID } for a link. A text 0x… is bytes where the interface says bytes.',
  });

// Not a record of zod's, which drops the key __proto__ without a word.
const values = z
  .custom<Values>((found) => isValueMap(found as Value), 'expected a map of values by key')
  .meta({ type: 'object' });

const address = z.string({ error: 'expected an address such as /bank/alice' }).meta({
  description: 'The place of a kernel in the tree: /bank/alice.',
  pattern: '^/',
});

const text = z.string({ error: 'expected a text' }).min(1, 'expected a text that is not empty');

const whole = z
  .int({ error: 'expected a whole number' })
  .min(0, 'expected 0 or more')
  .meta({ maximum: Number.MAX_SAFE_INTEGER });

const positive = z
  .int({ error: 'expected a whole number' })
  .min(1, 'expected 1 or more')
  .meta({ maximum: Number.MAX_SAFE_INTEGER });

const kernel = z
  .strictObject(
    {
      code: text
        .optional()
        .meta({ description: "Path of the contract's source or module, from the workspace folder." }),
      state: values.optional().meta({ description: 'Entries of the state tree at the start, by key.' }),
    },
    { error: 'expected a map such as { code: contracts/bank.ts }' },
  )
  .meta({
    description:
      'A kernel that is there at the start. Without code it only passes messages on to its children.',
  });

const limits = z
  .strictObject(
    {
      gas: positive.optional().meta({ description: 'Gas for one message.' }),
      pages: positive.optional().meta({ description: 'Memory of an instance, in pages of 64 KiB.' }),
      stack: positive.optional().meta({ description: 'Depth of the wasm stack, in slots of 8 bytes.' }),
      messages: positive
        .optional()
        .meta({ description: 'Messages that may follow from one signal, itself included.' }),
    },
    { error: 'expected a map such as { gas: 1_000_000 }' },
  )
  .meta({ description: 'What one message, and one signal with all that follows, may use.' });

const sender = address.nullable().optional().meta({
  description: 'The oldest message from this kernel; null for signals. Without it, whoever sent it.',
});

const delivery = z
  .union(
    [
      address,
      z.strictObject({ to: address, from: sender }),
      z.strictObject({
        drop: address.meta({
          description: 'The message is taken out of the mailbox of this kernel, undelivered.',
        }),
        from: sender,
      }),
      z.strictObject({
        duplicate: address.meta({
          description: 'The message is sent to this kernel once more, behind all that waits.',
        }),
        from: sender,
      }),
    ],
    { error: 'expected an address, or { to: ADDRESS, from: ADDRESS }, or drop or duplicate in place of to' },
  )
  .meta({ description: 'The kernel whose mailbox goes next: its oldest message is delivered.' });

const schedule = z
  .union([z.enum(['fifo', 'manual']), z.strictObject({ seed: whole }), z.array(delivery)], {
    error: 'expected fifo, manual, { seed: NUMBER } or a list of deliveries',
  })
  .meta({
    description:
      'Which mailbox goes next: fifo (the default), { seed }, or a list of the deliveries of the steps, after which fifo goes on. In a set-up without steps also manual: each message waits until somebody asks for its delivery.',
  });

const answer = z
  .strictObject(
    {
      kernel: address,
      import: z
        .string({ error: 'expected SET.FUNCTION, such as kernel.time' })
        .regex(/^[^.]+\..+$/, 'expected SET.FUNCTION, such as kernel.time')
        .meta({ description: 'SET.FUNCTION, such as kernel.time.' }),
      call: whole
        .optional()
        .meta({ description: 'Only this call of a run, counted from 0; without it, each call.' }),
      value: value.optional().meta({ description: 'What the import gives; null for what is not there.' }),
      fail: text
        .optional()
        .meta({ description: 'In place of a value: the import refuses with these words.' }),
    },
    { error: 'expected a map such as { kernel: /bank, import: kernel.time, value: 5 }' },
  )
  .refine(({ value: given, fail }) => (given === undefined) !== (fail === undefined), {
    error: 'expected either a `value` or a `fail`',
  })
  .meta({
    description: "An import's result, or its failure, given by hand.",
    oneOf: [{ required: ['value'] }, { required: ['fail'] }],
  });

const outcome = z
  .union([z.literal('ok'), z.strictObject({ trap: text }), z.strictObject({ rejected: text })], {
    error: 'expected ok, { trap: TEXT } or { rejected: TEXT }',
  })
  .meta({
    description:
      "What became of the signal's own message. The text is a part of the trap's or rejection's words.",
  });

const expect = z
  .strictObject(
    {
      outcome: outcome.optional(),
      reply: value.optional().meta({ description: "The reply of the signal's own message; null for none." }),
      messages: whole
        .optional()
        .meta({ description: 'How many messages followed from the signal, itself included.' }),
      log: z
        .array(z.string({ error: 'expected a text' }), { error: 'expected a list of texts' })
        .optional()
        .meta({ description: 'All log lines of all messages that followed, in order.' }),
      state: z.record(address, values, { error: 'expected a map of addresses' }).optional().meta({
        description: 'Entries of state trees after the step; keys that are not listed may be anything.',
      }),
    },
    { error: 'expected a map such as { outcome: ok }' },
  )
  .meta({ description: 'What must hold after the step. What is not listed is not looked at.' });

const step = z
  .strictObject(
    {
      signal: address.meta({ description: 'The kernel that the signal goes to.' }),
      method: text,
      args: z
        .union([z.array(value), values], { error: 'expected a map of arguments by name, or a list of them' })
        .optional()
        .meta({ description: "By the parameters' names, or in their order." }),
      gas: positive.optional().meta({ description: 'The most gas that the message may use.' }),
      expect: expect.optional(),
    },
    { error: 'expected a map such as { signal: /bank, method: transfer }' },
  )
  .meta({ description: 'One signal, and what must hold when all that follows from it is done.' });

export const scenarioFile = z
  .strictObject(
    {
      kernelscope: z.literal(1, { error: 'expected 1, the version of this format' }),
      name: text.optional(),
      kernels: z
        .record(address, kernel, { error: 'expected a map of kernels by address' })
        .meta({ description: 'The kernels that are there at the start, by address.' }),
      limits: limits.optional(),
      schedule: schedule.optional(),
      answers: z.array(answer, { error: 'expected a list of answers' }).optional(),
      steps: z
        .array(step, { error: 'expected a list of steps' })
        .optional()
        .meta({ description: 'Without steps, the file is the set-up of a world.' }),
    },
    { error: 'expected a map that begins with kernelscope: 1' },
  )
  .meta({ title: 'Kernelscope scenario' });

export type ScenarioFile = z.infer<typeof scenarioFile>;
export type ScheduleInFile = z.infer<typeof schedule>;
export type ExpectInFile = z.infer<typeof expect>;
export type OutcomeInFile = z.infer<typeof outcome>;

/** The keys that a map of the file may have, and what to call that map. */
export interface Place {
  readonly name: string;
  readonly keys: readonly string[];
}

const placeOf = (name: string, object: z.ZodObject): Place => ({ name, keys: Object.keys(object.shape) });

/** The map at a path of the file; `null` where keys are free. */
export function placeAt(path: readonly PropertyKey[]): Place | null {
  const [top, name, inner, deeper] = path.map(String);
  if (top === undefined) return placeOf('the file', scenarioFile);
  if (top === 'limits' && name === undefined) return placeOf('limits', limits);
  if (top === 'schedule' && name === undefined) return { name: 'schedule', keys: ['seed'] };
  if (name === undefined) return null;
  if (top === 'kernels' && inner === undefined) return placeOf(`kernel ${name}`, kernel);
  if (top === 'schedule' && inner === undefined)
    return { name: 'a delivery', keys: ['to', 'from', 'drop', 'duplicate'] };
  if (top === 'answers' && inner === undefined) return placeOf('an answer', answer);
  if (top !== 'steps') return null;
  if (inner === undefined) return placeOf('a step', step);
  if (inner !== 'expect') return null;
  if (deeper === undefined) return placeOf('expect', expect);
  return deeper === 'outcome' ? { name: 'outcome', keys: ['trap', 'rejected'] } : null;
}

/** The JSON Schema (draft 7) that ships with the program, for editors and other programs. */
export const scenarioJsonSchema = () =>
  z.toJSONSchema(scenarioFile, { target: 'draft-7', io: 'input', unrepresentable: 'any' });

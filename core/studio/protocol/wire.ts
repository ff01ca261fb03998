/** Wire values shared by all calls: plain data, never objects with behaviour. */
import { z } from 'zod';

/**
 * A value of the dag-cbor data model as it crosses to the window. Links are `{ "/": "bafy…" }`; integers are numbers
 * when safe and bigints otherwise; bytes are bytes.
 */
export type WireValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes');

/** Any number: NaN and the infinities are values of contracts, too. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number', 'expected a number');

export const wireValue: z.ZodType<WireValue> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    anyNumber,
    z.bigint(),
    z.string(),
    bytes,
    z.array(wireValue),
    z.record(z.string(), wireValue),
  ]),
);

/** Bytes that may be large: the first of them, and how many there are in all. */
export const wireBytes = z.object({ bytes, length: z.int() }).readonly();
export type WireBytes = z.infer<typeof wireBytes>;

/** The most bytes of one value that a list row holds; `world.value` reads more, in parts. */
export const previewBytes = 4096;

/** Bytes of contract state, and the dag-cbor value they hold when they do (and are not cut). */
export const wireData = z.object({ data: wireBytes, value: wireValue.optional() }).readonly();
export type WireData = z.infer<typeof wireData>;

export const position = z
  .object({
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
    length: z.int().optional(),
    offset: z.int().optional(),
  })
  .readonly();

export const wireFault = z
  .object({
    code: z.string(),
    message: z.string(),
    position: position.optional(),
    remedy: z.string().optional(),
  })
  .readonly();
export type WireFault = z.infer<typeof wireFault>;

export const diagnostic = z
  .object({
    file: z.string(),
    line: z.int(),
    column: z.int(),
    length: z.int(),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    code: z.string(),
  })
  .readonly();
export type WireDiagnostic = z.infer<typeof diagnostic>;

const parameter = z.object({ name: z.string(), type: z.string() }).readonly();

export const contractInterface = z
  .object({
    kernelscope: z.literal(1),
    doc: z.string().exactOptional(),
    methods: z.array(
      z
        .object({
          name: z.string(),
          doc: z.string().exactOptional(),
          params: z.array(parameter),
          result: z.string().nullable(),
        })
        .readonly(),
    ),
    records: z.array(z.object({ name: z.string(), fields: z.array(parameter) }).readonly()),
  })
  .readonly();
export type WireInterface = z.infer<typeof contractInterface>;

const answeredCalls = {
  /** `kernel.time` */
  import: z.string(),
  /** Only the Nth call of a message, from 0; without it, each. */
  call: z.int().min(0).optional(),
};

/** What was given by hand in place of an import's result: a value, or the words that it refuses with. */
export const givenAnswer = z.union([
  z.object({ ...answeredCalls, fail: z.string() }).readonly(),
  z.object({ ...answeredCalls, value: wireValue }).readonly(),
]);
export type GivenAnswer = z.infer<typeof givenAnswer>;

/** A place in running code: in the wasm as built, and in the source when its source map says so. */
export const codeFrame = z
  .object({
    function: z.int(),
    functionName: z.string().nullable(),
    offset: z.int(),
    source: position.nullable(),
  })
  .readonly();
export type CodeFrame = z.infer<typeof codeFrame>;

export const outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok'), reply: wireData.nullable() }).readonly(),
  z
    .object({
      kind: z.literal('trap'),
      reason: z.string(),
      detail: z.string().nullable(),
      /** The calls that led to it, innermost first; empty when it was at no instruction of the code. */
      stack: z.array(codeFrame),
      /** The innermost place that the contract's author wrote. */
      source: position.nullable(),
    })
    .readonly(),
  z.object({ kind: z.literal('rejected'), reason: z.string() }).readonly(),
]);
export type WireOutcome = z.infer<typeof outcome>;

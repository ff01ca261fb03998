/** The requests that are answered: what each is given, checked, and what its answer holds. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { z } from 'zod';

const count = z.int().min(0);
const thread = z.object({ threadId: z.int() });

const granularity = z.enum(['statement', 'line', 'instruction']).optional();

const step = thread.extend({ granularity });

const source = z.object({
  name: z.string().optional(),
  path: z.string().optional(),
  sourceReference: z.int().optional(),
});
export type NamedSource = z.infer<typeof source>;

/** What tells when a breakpoint counts as met. */
const circumstances = {
  condition: z.string().optional(),
  hitCondition: z.string().optional(),
};

const sourceBreakpoint = z.object({
  line: count,
  column: count.optional(),
  logMessage: z.string().optional(),
  ...circumstances,
});

/** What a launch configuration holds. */
const launch = z.object({
  /** Path of the scenario; relative to the folder in which the adapter was started. */
  scenario: z.string('expected the path of a scenario file'),
  /** Begin with this step of it, from 1. */
  step: z.int().min(1).optional(),
  /** Begin with the message of this receipt. */
  receipt: count.optional(),
  stopOnEntry: z.boolean().optional(),
  /** Run it to its end without stopping. */
  noDebug: z.boolean().optional(),
});
export type LaunchConfiguration = z.infer<typeof launch>;

const valueFormat = z.object({ hex: z.boolean().optional() }).optional();

/** By command. Arguments that a request leaves out are `{}`. */
export const requests = {
  initialize: z.object({
    linesStartAt1: z.boolean().default(true),
    columnsStartAt1: z.boolean().default(true),
    pathFormat: z.string().default('path'),
    supportsMemoryReferences: z.boolean().optional(),
  }),
  launch,
  restart: z.object({ arguments: z.unknown().optional() }),
  configurationDone: z.object({}),
  disconnect: z.object({}),
  terminate: z.object({}),

  setBreakpoints: z.object({ source, breakpoints: z.array(sourceBreakpoint).default([]) }),
  setFunctionBreakpoints: z.object({
    breakpoints: z.array(z.object({ name: z.string(), ...circumstances })),
  }),
  setInstructionBreakpoints: z.object({
    breakpoints: z.array(
      z.object({ instructionReference: z.string(), offset: z.int().default(0), ...circumstances }),
    ),
  }),
  setExceptionBreakpoints: z.object({ filters: z.array(z.string()) }),
  dataBreakpointInfo: z.object({
    variablesReference: z.int().optional(),
    name: z.string(),
    bytes: z.int().min(1).optional(),
    asAddress: z.boolean().optional(),
  }),
  setDataBreakpoints: z.object({
    breakpoints: z.array(
      z.object({
        dataId: z.string(),
        accessType: z.enum(['read', 'write', 'readWrite']).optional(),
        ...circumstances,
      }),
    ),
  }),

  threads: z.object({}),
  stackTrace: thread.extend({ startFrame: count.default(0), levels: count.default(0) }),
  scopes: z.object({ frameId: z.int() }),
  variables: z.object({
    variablesReference: z.int(),
    filter: z.enum(['indexed', 'named']).optional(),
    start: count.default(0),
    count: count.default(0),
    format: valueFormat,
  }),
  evaluate: z.object({
    expression: z.string(),
    frameId: z.int().optional(),
    context: z.string().optional(),
    format: valueFormat,
  }),
  exceptionInfo: thread,
  source: z.object({ source: source.optional(), sourceReference: z.int() }),
  loadedSources: z.object({}),
  disassemble: z.object({
    memoryReference: z.string(),
    offset: z.int().default(0),
    instructionOffset: z.int().default(0),
    instructionCount: count.max(100_000),
  }),
  readMemory: z.object({ memoryReference: z.string(), offset: z.int().default(0), count }),
  writeMemory: z.object({
    memoryReference: z.string(),
    offset: z.int().default(0),
    allowPartial: z.boolean().default(false),
    data: z.string(),
  }),
  setVariable: z.object({
    variablesReference: z.int(),
    name: z.string(),
    value: z.string(),
    format: valueFormat,
  }),

  continue: thread,
  reverseContinue: thread,
  next: step,
  stepIn: step.extend({ targetId: z.int().optional() }),
  stepInTargets: z.object({ frameId: z.int() }),
  stepOut: step,
  stepBack: step,
  pause: thread,
} as const satisfies { readonly [command: string]: z.ZodType };

export type Command = keyof typeof requests;
export type Arguments<C extends Command> = z.infer<(typeof requests)[C]>;

/** What the body of an answer is. */
export interface Bodies extends Record<Command, object | undefined> {
  initialize: DebugProtocol.Capabilities;
  setBreakpoints: DebugProtocol.SetBreakpointsResponse['body'];
  setFunctionBreakpoints: DebugProtocol.SetFunctionBreakpointsResponse['body'];
  setInstructionBreakpoints: DebugProtocol.SetInstructionBreakpointsResponse['body'];
  setExceptionBreakpoints: DebugProtocol.SetExceptionBreakpointsResponse['body'];
  dataBreakpointInfo: DebugProtocol.DataBreakpointInfoResponse['body'];
  setDataBreakpoints: DebugProtocol.SetDataBreakpointsResponse['body'];
  threads: DebugProtocol.ThreadsResponse['body'];
  stackTrace: DebugProtocol.StackTraceResponse['body'];
  scopes: DebugProtocol.ScopesResponse['body'];
  variables: DebugProtocol.VariablesResponse['body'];
  evaluate: DebugProtocol.EvaluateResponse['body'];
  exceptionInfo: DebugProtocol.ExceptionInfoResponse['body'];
  stepInTargets: DebugProtocol.StepInTargetsResponse['body'];
  source: DebugProtocol.SourceResponse['body'];
  loadedSources: DebugProtocol.LoadedSourcesResponse['body'];
  disassemble: DebugProtocol.DisassembleResponse['body'];
  readMemory: DebugProtocol.ReadMemoryResponse['body'];
  writeMemory: DebugProtocol.WriteMemoryResponse['body'];
  setVariable: DebugProtocol.SetVariableResponse['body'];
  continue: DebugProtocol.ContinueResponse['body'];
}

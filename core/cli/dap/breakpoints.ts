/** The breakpoints that a client has. They are kept as it asked for them, and found again when a scenario is run again. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { z } from 'zod';
import type { Fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Breakpoint, Trigger } from '../../debugger/breakpoint';
import type { Hit } from '../../debugger/hit';
import type { Handlers } from './connection';
import { type Circumstances, type Settled, settle } from './settle';
import type { Target } from './target';
import { readAddress } from './codes';
import { functionTrigger, instructionTrigger, lineTrigger } from './triggers';
import type { Variables } from './variables';

interface Asked {
  readonly id: number;
  readonly circumstances: Circumstances;
  /** What of a scenario it is about. */
  readonly mean: (target: Target) => Result<Trigger, string>;
  /** The reason that a stop at it is given. */
  readonly reason: string;
}

type BreakpointHandlers = Pick<
  Handlers,
  | 'setBreakpoints'
  | 'setFunctionBreakpoints'
  | 'setInstructionBreakpoints'
  | 'setExceptionBreakpoints'
  | 'dataBreakpointInfo'
  | 'setDataBreakpoints'
>;

export interface Breakpoints {
  readonly handlers: BreakpointHandlers;
  /** What a scenario is to stop at. */
  armed(): readonly Breakpoint[];
  /** Where one of them is, as it was answered; nothing for one that is no more. */
  placeOf(id: number): Pick<DebugProtocol.Breakpoint, 'source' | 'line'>;
  /** Finds all of them in a scenario that was run anew. */
  settleAgain(): readonly DebugProtocol.Breakpoint[];
  /** Why it stopped where these were met. */
  reasonOf(hits: readonly Hit[]): { readonly reason: string; readonly hitBreakpointIds: number[] };
}

export interface BreakpointParts {
  target(): Result<Target, Fault>;
  readonly variables: Variables;
  /** Others are armed now. */
  readonly onChange: () => void;
}

/** Of the one that stands for the exception filter. */
const trapId = 0;

export function createBreakpoints({ target, variables, onChange }: BreakpointParts): Breakpoints {
  /** By what they are set for together: a source, or all of a kind. */
  const askedByGroup = new Map<string, readonly Asked[]>();
  const settledById = new Map<number, Settled>();
  let stopsAtTraps = true;
  let nextId = trapId + 1;

  function set(group: string, wanted: readonly Omit<Asked, 'id'>[]) {
    const it = target();
    if (!it.ok) return it;
    for (const { id } of askedByGroup.get(group) ?? []) settledById.delete(id);
    const asked = wanted.map((each) => ({ ...each, id: nextId++ }));
    askedByGroup.set(group, asked);
    const breakpoints = asked.map((each) => settleOne(each, it.value));
    onChange();
    return ok({ body: { breakpoints } });
  }

  function settleOne({ id, mean, circumstances }: Asked, it: Target): DebugProtocol.Breakpoint {
    const settled = settle(id, mean(it), circumstances, it);
    settledById.set(id, settled);
    return settled.answer;
  }

  const allAsked = (): readonly Asked[] => [...askedByGroup.values()].flat();

  return {
    handlers: {
      setBreakpoints: ({ source, breakpoints }) =>
        set(
          `source ${source.sourceReference ?? 0} ${source.path ?? ''}`,
          breakpoints.map(({ line, ...circumstances }) => ({
            circumstances,
            mean: (it) => lineTrigger(source, line, it),
            reason: 'breakpoint',
          })),
        ),
      setFunctionBreakpoints: ({ breakpoints }) =>
        set(
          'functions',
          breakpoints.map(({ name, ...circumstances }) => ({
            circumstances,
            mean: (it) => functionTrigger(name, it),
            reason: 'function breakpoint',
          })),
        ),
      setInstructionBreakpoints: ({ breakpoints }) =>
        set(
          'instructions',
          breakpoints.map(({ instructionReference, offset, ...circumstances }) => ({
            circumstances,
            mean: (it) => instructionTrigger(instructionReference, offset, it),
            reason: 'instruction breakpoint',
          })),
        ),
      setExceptionBreakpoints({ filters }) {
        stopsAtTraps = filters.includes('trap');
        onChange();
        return ok({ body: { breakpoints: filters.map((filter) => exceptionAnswer(filter)) } });
      },
      dataBreakpointInfo({ variablesReference, name, asAddress, bytes }) {
        const it = target();
        if (!it.ok) return it;
        const { to: kernel } = it.value.playback.session.subject.message;
        if (asAddress === true) return ok({ body: memoryInfo(name, bytes ?? 1, kernel) });
        const path = variables.statePathOf(variablesReference ?? 0, name);
        return ok({ body: path === null ? notWatched : stateInfo(path, kernel) });
      },
      setDataBreakpoints: ({ breakpoints }) =>
        set(
          'data',
          breakpoints.map(({ dataId, accessType, ...circumstances }) => ({
            circumstances,
            mean: () => dataTrigger(dataId, accessType),
            reason: 'data breakpoint',
          })),
        ),
    },
    armed: () => [
      ...[...settledById.values()].flatMap(({ breakpoint }) => breakpoint ?? []),
      ...(stopsAtTraps ? [atTraps] : []),
    ],
    placeOf(id) {
      const { source, line } = settledById.get(id)?.answer ?? {};
      return source === undefined || line === undefined ? {} : { source, line };
    },
    settleAgain() {
      const it = target();
      return it.ok ? allAsked().map((asked) => settleOne(asked, it.value)) : [];
    },
    reasonOf(hits) {
      const ids = hits.map(({ breakpoint }) => breakpoint);
      const asked = allAsked().find(({ id }) => ids.includes(id));
      const reason = ids.includes(trapId) ? 'exception' : (asked?.reason ?? 'breakpoint');
      return { reason, hitBreakpointIds: ids.filter((id) => id !== trapId) };
    },
  };
}

const atTraps: Breakpoint = {
  id: trapId,
  on: { kind: 'trap' },
  enabled: true,
  when: null,
  hits: null,
  log: null,
};

const exceptionAnswer = (filter: string): DebugProtocol.Breakpoint =>
  filter === 'trap'
    ? { verified: true }
    : { verified: false, message: `there is no exception filter ${JSON.stringify(filter)}` };

type DataInfo = DebugProtocol.DataBreakpointInfoResponse['body'];

/** What a client keeps of a data breakpoint, as text. */
const data = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('memory'),
    kernel: z.string(),
    address: z.int().min(0),
    length: z.int().min(1),
  }),
  z.object({ kind: z.literal('state'), kernel: z.string(), path: z.string() }),
]);

const notWatched: DataInfo = {
  dataId: null,
  description: 'only memory, by its address, and entries of the state can be watched',
};

function memoryInfo(text: string, length: number, kernel: string): DataInfo {
  const address = readAddress(text, 0);
  if (!address.ok) return { dataId: null, description: address.error.message };
  if (address.value >= 1n << 32n) return { dataId: null, description: 'this is an address of code' };
  const watched: z.infer<typeof data> = { kind: 'memory', kernel, address: Number(address.value), length };
  return {
    dataId: JSON.stringify(watched),
    description: `${length} bytes at ${text} in the memory of ${kernel}`,
    accessTypes: ['write'],
  };
}

function stateInfo(path: string, kernel: string): DataInfo {
  const watched: z.infer<typeof data> = { kind: 'state', kernel, path };
  return {
    dataId: JSON.stringify(watched),
    description: `${path} in the state of ${kernel}`,
    accessTypes: ['read', 'write', 'readWrite'],
    canPersist: true,
  };
}

function dataTrigger(
  dataId: string,
  access: 'read' | 'write' | 'readWrite' | undefined,
): Result<Trigger, string> {
  const watched = data.safeParse(parseJson(dataId));
  if (!watched.success) return err('this is no data that can be watched');
  if (watched.data.kind === 'state') {
    return ok({ ...watched.data, access: access === 'readWrite' ? 'any' : (access ?? 'write') });
  }
  const isWrite = access === undefined || access === 'write';
  return isWrite ? ok(watched.data) : err('of memory, writing alone can be watched');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

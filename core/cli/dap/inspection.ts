/** Answers what a client wants to see while the debugger stands. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Datum } from '../../debugger/expression/datum';
import { evaluate } from '../../debugger/expression/evaluate';
import { parseExpression } from '../../debugger/expression/parse';
import { explainTrap } from '../../debugger/explain-trap';
import { scopeAt } from '../../debugger/expression/scope';
import { outcomeToReason } from '../../environment/outcome';
import { callToText } from '../run-text';
import { plainStyle } from '../terminal';
import { sourceFiles } from '../../debugger/sources';
import { readAddress } from './codes';
import type { Handled, Handlers } from './connection';
import { disassemble } from './disassembly';
import { callsOn, isAtEnd, stackFrames } from './frames';
import { scopesOf } from './scopes';
import type { Target } from './target';
import { type Shown, type Variables, showValue, showVariable, sizeOf } from './variables';

/** All messages are one thread: they run one after the other. */
export const threadId = 1;

type Inspection = Pick<
  Handlers,
  | 'threads'
  | 'stackTrace'
  | 'scopes'
  | 'variables'
  | 'evaluate'
  | 'exceptionInfo'
  | 'stepInTargets'
  | 'source'
  | 'loadedSources'
  | 'disassemble'
  | 'readMemory'
>;

export interface InspectionParts {
  /** A fault before a scenario was launched. */
  target(): Result<Target, Fault>;
  /** A fault while it runs, too. */
  stopped(): Result<Target, Fault>;
  readonly variables: Variables;
}

export function createInspection({ target, stopped, variables }: InspectionParts): Inspection {
  /** The place among the calls that are on of the one that a frame is of; `null` for a frame below them. */
  const callOf = (frameId: number, { playback }: Target): number | null =>
    frameId >= 1 && frameId <= callsOn(playback) ? frameId - 1 : null;

  return {
    threads: () =>
      look(target(), ({ debuggee }) => ({ threads: [{ id: threadId, name: debuggee.scenario.name }] })),

    stackTrace: ({ startFrame, levels }) =>
      look(stopped(), (it) =>
        stackFrames(it, { first: startFrame, count: levels === 0 ? Infinity : levels }),
      ),

    scopes: ({ frameId }) =>
      look(stopped(), (it) => ({
        scopes: scopesOf(it.playback.session, callOf(frameId, it)).map(({ inside, ...scope }) => ({
          ...scope,
          variablesReference: variables.refer(inside),
          ...sizeOf(inside),
        })),
      })),

    variables({ variablesReference, ...range }) {
      const list = variables.list(variablesReference, range);
      if (list !== null) return ok({ body: { variables: list } });
      const gone = fault('gone', `nothing has the number ${variablesReference}`, {
        remedy: 'numbers hold until the debugger moves',
      });
      return err(gone);
    },

    evaluate({ expression: text, frameId }) {
      const found = stopped();
      if (!found.ok) return found;
      const { session } = found.value.playback;
      const expression = parseExpression(text);
      if (!expression.ok) return expression;
      const call = frameId === undefined ? 0 : (callOf(frameId, found.value) ?? 0);
      const scope = scopeAt(session.timeline, session.code, call);
      const datum = evaluate(expression.value, scope, text);
      return datum.ok ? ok({ body: shownToAnswer(showDatum(text, datum.value)) }) : datum;
    },

    exceptionInfo: () =>
      look(stopped(), ({ playback, debuggee }) => {
        const outcome = debuggee.branch.receipt(playback.index)?.outcome;
        if (outcome?.kind !== 'trap') return { exceptionId: 'no trap', breakMode: 'always' };
        const { code, timeline } = playback.session;
        const description = isAtEnd(playback.session)
          ? outcomeToReason(outcome)
          : explainTrap(outcome, timeline.machine, code);
        return { exceptionId: outcome.reason, breakMode: 'always', description };
      }),

    stepInTargets: () =>
      look(stopped(), ({ playback, debuggee, codes }) => ({
        targets: (playback.session.subject.receipt?.sends ?? []).flatMap(({ id }) => {
          const receipt = debuggee.receiptOf(id);
          const sent = receipt === null ? null : debuggee.messageOf(receipt);
          const code = sent?.receipt.code ?? null;
          const isStepped = code !== null && codes.find(code).ok;
          return sent === null || !isStepped
            ? []
            : [{ id: sent.receipt.index, label: callToText(sent, plainStyle) }];
        }),
      })),

    source({ sourceReference, source }) {
      const found = target();
      if (!found.ok) return found;
      const text = found.value.sources.text(source?.sourceReference ?? sourceReference);
      return text.ok ? ok({ body: { content: text.value } }) : text;
    },

    loadedSources: () =>
      look(target(), ({ codes, sources }) => ({
        sources: codes.all.flatMap((code) =>
          sourceFiles(code.code).map(({ file }) => sources.ofFile(code, file)),
        ),
      })),

    disassemble({ memoryReference, offset, instructionOffset, instructionCount }) {
      const found = target();
      if (!found.ok) return found;
      const { codes, sources } = found.value;
      const address = readAddress(memoryReference, offset);
      if (!address.ok) return address;
      const at = codes.at(address.value);
      if (at === null) return err(noCode(memoryReference));
      const stretch = { ...at, first: instructionOffset, count: instructionCount };
      return ok({ body: { instructions: disassemble(stretch, { codes, sources }) } });
    },

    readMemory({ memoryReference, offset, count }) {
      const found = stopped();
      if (!found.ok) return found;
      const address = readAddress(memoryReference, offset);
      if (!address.ok) return address;
      const bytes = bytesAt(address.value, count, found.value);
      return ok({
        body: {
          address: `0x${address.value.toString(16)}`,
          data: Buffer.from(bytes).toString('base64'),
          ...(bytes.length < count ? { unreadableBytes: count - bytes.length } : {}),
        },
      });
    },
  };

  function shownToAnswer({
    value,
    type,
    memoryReference,
    inside,
  }: Shown): DebugProtocol.EvaluateResponse['body'] {
    return {
      result: value,
      variablesReference: variables.referIfAny(inside),
      ...(type === undefined ? {} : { type }),
      ...(memoryReference === undefined ? {} : { memoryReference }),
      ...(inside === undefined ? {} : sizeOf(inside)),
    };
  }
}

/** An answer that is always there, once there is something to look at. */
function look<Body>(found: Result<Target, Fault>, view: (target: Target) => Body): Handled<Body> {
  return found.ok ? ok({ body: view(found.value) }) : found;
}

/** An integer that may be an address has the memory there to look at. */
function showDatum(text: string, datum: Datum): Shown {
  const { type, value } = datum;
  if (
    (datum.type === 'list' && datum.elements !== undefined) ||
    (datum.type === 'map' && datum.fields !== undefined)
  )
    return { ...showVariable(text, datum, text), type };
  if (typeof value === 'bigint') {
    const isAddress = (type === 'i32' || type === 'u32') && value >= 0n;
    const memoryReference = `0x${value.toString(16)}`;
    return { name: text, value: String(value), type, ...(isAddress ? { memoryReference } : {}) };
  }
  return { ...showValue(text, value, text), type };
}

/** The memory of what runs is at its own addresses, below those of code. */
function bytesAt(address: bigint, count: number, { playback, codes }: Target): Uint8Array {
  if (address < 0n) return new Uint8Array();
  const at = codes.at(address);
  if (at === null) return playback.session.timeline.machine.memory(Number(address), count);
  return at.code.code.module.bytes.subarray(at.offset, at.offset + count);
}

const noCode = (address: string): Fault =>
  fault('bad-arguments', `there is no code at ${address}`, {
    remedy: 'addresses of code are those of frames and of instructions',
  });

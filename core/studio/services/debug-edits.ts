/** What a window wants changed in the midst of a run, checked and put into the terms of a run; and what was changed. */
import type { Fault } from '../../base/fault';
import { type Result, assert, err, ok } from '../../base/result';
import { typedToScalar } from '../../container/wasm-stepping/typed-value';
import { readValueEdit } from '../../debugger/given-value';
import type { MadeEdit, Session } from '../../debugger/session';
import { variablesAt } from '../../debugger/variables';
import type { Edit } from '../../environment/edit';
import { importNameFault } from '../../imports/import-name';
import type { Params, Returns } from '../protocol/declare';
import type { debugProtocol } from '../protocol/debug';
import { type Range, positionToFrame } from './debug-views';
import { answerToWire, bytesToWire, wireToValue } from './wire-values';

export type WireEdit = Params<typeof debugProtocol, 'debug.edit'>['edit'];

export function readEdit(edit: WireEdit, session: Session): Result<Edit, Fault> {
  const { machine } = session.timeline;
  switch (edit.kind) {
    case 'memory':
      return ok(edit);
    case 'answer':
    case 'failure': {
      const unknown = importNameFault(edit.import, session.code.imports);
      if (unknown !== null) return err(unknown);
      const { import: name, call } = edit;
      const nth = call === null ? {} : { call: call === 'next' ? machine.importCalls(name) : call };
      const given = edit.kind === 'answer' ? { value: wireToValue(edit.value) } : { fail: edit.words };
      return ok({ kind: 'answer', import: name, ...nth, ...given });
    }
    case 'global': {
      const { kind, index, value } = edit;
      return readValueEdit(machine, { kind, index }, { value, what: `global ${index}` });
    }
    case 'local':
    case 'operand': {
      const { kind, frame, index, value } = edit;
      const what = `${kind} ${index} in call ${frame}`;
      return readValueEdit(machine, { kind, frame, index }, { value, what });
    }
  }
}

type EditsPage = Returns<typeof debugProtocol, 'debug.edits'>;

export function pageOfEdits(session: Session, { start, count }: Range): EditsPage {
  const edits = session.edits();
  const rows = edits.slice(start, start + count).map((made) => ({
    id: made.id,
    moment: made.at.count,
    place: positionToFrame(made.place, session.code),
    edited: editedToWire(made, session),
  }));
  return { start, total: edits.length, rows };
}

function editedToWire({ at: { edit }, place, replaced }: MadeEdit, session: Session) {
  const { names } = session.code;
  switch (edit.kind) {
    case 'answer': {
      const { kind, ...answer } = edit;
      return { kind, answer: answerToWire({ ...answer, kernel: session.subject.message.to }) };
    }
    case 'memory': {
      const before = replaced instanceof Uint8Array ? replaced : new Uint8Array();
      return {
        kind: edit.kind,
        address: edit.address,
        before: bytesToWire(before),
        after: bytesToWire(edit.bytes),
      };
    }
    case 'local':
    case 'operand':
    case 'global': {
      const { kind, index, bits } = edit;
      assert(replaced !== undefined && 'bits' in replaced, 'what was changed was there');
      const { type } = replaced;
      const localName = kind === 'local' ? variablesAt(session.code, place).get(index)?.name : undefined;
      return {
        kind,
        frame: kind === 'global' ? 0 : edit.frame,
        index,
        name: (kind === 'global' ? names.globals.get(index) : localName) ?? null,
        type,
        before: typedToScalar(replaced),
        after: typedToScalar({ type, bits }),
      };
    }
  }
}

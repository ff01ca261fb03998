/** Changes values by hand while the debugger stands. From there to the message's end is seen what would have been. */
import { type Fault, fault } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import type { Session } from '../../debugger/session';
import { evaluate } from '../../debugger/expression/evaluate';
import { parseExpression } from '../../debugger/expression/parse';
import { scopeAt } from '../../debugger/expression/scope';
import { readValueEdit } from '../../debugger/given-value';
import type { Edit } from '../../environment/edit';
import { readAddress } from './codes';
import type { Connection, Handlers } from './connection';
import type { Target } from './target';
import type { Changeable, Variables } from './variables';

export interface EditingParts {
  /** A fault while it runs. */
  stopped(): Result<Target, Fault>;
  readonly variables: Variables;
  readonly connection: Connection;
}

export function createEditing({
  stopped,
  variables,
  connection,
}: EditingParts): Pick<Handlers, 'setVariable' | 'writeMemory'> {
  function change({ playback: { session, index } }: Target, edit: Edit): Result<void, Fault> {
    const isFirst = !session.isEdited;
    const changed = session.edit(edit);
    if (changed.ok && isFirst) {
      const output = `What is changed holds to the end of #${index}; the messages after it are the scenario's.\n`;
      connection.send('output', { category: 'console', output });
    }
    return changed;
  }

  return {
    setVariable({ variablesReference, name, value }) {
      const found = stopped();
      if (!found.ok) return found;
      const place = variables.changeable(variablesReference, name);
      if (place === null) return err(notChangeable(name));
      const edit = readEdit(place, value, found.value.playback.session);
      if (!edit.ok) return edit;
      const changed = change(found.value, edit.value);
      if (!changed.ok) return changed;
      const { value: text, type } = place.shown();
      return ok({ body: { value: text, ...(type === undefined ? {} : { type }) } });
    },

    writeMemory({ memoryReference, offset, data, allowPartial }) {
      const found = stopped();
      if (!found.ok) return found;
      const at = readAddress(memoryReference, offset);
      if (!at.ok) return at;
      if (found.value.codes.at(at.value) !== null) return err(notChangeable('code'));
      const { machine } = found.value.playback.session.timeline;
      const address = Number(at.value);
      const all = new Uint8Array(Buffer.from(data, 'base64'));
      const bytes = allowPartial ? all.subarray(0, Math.max(0, machine.memorySize() - address)) : all;
      const changed = change(found.value, { kind: 'memory', address, bytes });
      return changed.ok ? ok({ body: { bytesWritten: bytes.length } }) : changed;
    },
  };
}

/** `text` is an expression, which has its value where the variable is. */
function readEdit({ place }: Changeable, text: string, session: Session): Result<Edit, Fault> {
  const frame = place.kind === 'global' ? 0 : place.frame;
  const expression = parseExpression(text);
  if (!expression.ok) return expression;
  const datum = evaluate(expression.value, scopeAt(session.timeline, session.code, frame), text);
  if (!datum.ok) return datum;
  const { value } = datum.value;
  const number = typeof value === 'boolean' ? Number(value) : value;
  const what = `${place.kind} ${place.index}`;
  return readValueEdit(session.timeline.machine, place, { value: number, what });
}

const notChangeable = (what: string): Fault =>
  fault('not-changeable', `${what} can't be changed`, {
    remedy: 'numbers of calls, globals and bytes of the memory can be',
  });

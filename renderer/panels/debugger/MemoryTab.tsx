/** A part of the memory; what the last move changed is marked. */
import { type SyntheticEvent, useState } from 'react';
import { useActions, useStudio, useStudioContext } from '../../store/context';
import { useEdits } from '../../store/debug/use-edits';
import { useAtStop } from '../../store/debug/use-stop';
import { EmptyState } from '../../ui/EmptyState';
import { FaultView } from '../../ui/FaultView';
import { IconButton } from '../../ui/IconButton';
import { Progress } from '../../ui/Progress';
import { HexView } from '../../ui/values/HexView';
import { offsetText } from '../../ui/values/hex-rows';
import { sizeText } from '../../ui/values/bytes-text';
import { editedBytes } from './edited';
import { useMemory } from './memory';

/** Bytes that are shown at once. */
const partLength = 16_384;

export function MemoryTab() {
  const {
    memory: { address: start },
    remember,
    askPast,
  } = useMemory();
  const goToLastWrite = useLastWrite();
  const { editDebug, undoEdit, notify } = useActions();
  const edits = useEdits();
  const now = useStudio(({ debugStop }) => debugStop?.count ?? 0);
  const [text, setText] = useState(`0x${offsetText(start)}`);
  const answer = useAtStop(`memory ${start}`, ({ client, session, signal }) =>
    client.call('debug.memory', { session, address: start, length: partLength }, signal),
  );
  const size = answer?.state === 'ready' ? answer.value.size : null;
  const edited =
    answer?.state === 'ready' ? editedBytes(edits, now, { address: start, bytes: answer.value.bytes }) : [];
  const undoAt = (at: number): void => {
    const edit = edited.findLast(({ address, length }) => at >= address && at < address + length);
    if (edit !== undefined) void undoEdit(edit.id);
    else notify({ kind: 'info', text: `The byte at 0x${offsetText(at)} was not put there by hand.` });
  };
  const goTo = (address: number): void => {
    remember({ address });
    setText(`0x${offsetText(address)}`);
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const address = Number(text.trim());
    if (Number.isSafeInteger(address) && address >= 0) goTo(address);
  };
  return (
    <div className="memory">
      <form className="memory-bar" onSubmit={submit}>
        <label>
          From
          <input value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} />
        </label>
        <IconButton
          icon="chevron-up"
          label="The part before"
          disabled={start === 0}
          onClick={() => goTo(Math.max(0, start - partLength))}
        />
        <IconButton
          icon="chevron-down"
          label="The part after"
          disabled={size === null || start + partLength >= size}
          onClick={() => goTo(start + partLength)}
        />
        <span className="quiet memory-size">{size !== null && `of ${sizeText(size)}`}</span>
      </form>
      {(answer === null || answer.state === 'loading') && <Progress label="Memory: loading" />}
      {answer?.state === 'failed' && <FaultView what="The memory could not be read." fault={answer.fault} />}
      {answer?.state === 'ready' &&
        (answer.value.bytes.length === 0 ? (
          <EmptyState icon="chip" title="There is no memory here">
            {answer.value.size === 0
              ? 'The code has no memory.'
              : `The memory ends at 0x${offsetText(answer.value.size)}.`}
          </EmptyState>
        ) : (
          <HexView
            key={start}
            name="Memory"
            bytes={answer.value.bytes}
            base={start}
            changed={answer.value.changed}
            edited={edited}
            fill
            keys="W last write · H changes · U undo"
            onPut={(address, bytes) => void editDebug({ kind: 'memory', address, bytes })}
            onKey={(key, address) => {
              if (key.toLowerCase() === 'w') void goToLastWrite(address);
              else if (key.toLowerCase() === 'u') undoAt(address);
              else if (key.toLowerCase() === 'h')
                askPast({
                  kind: 'changes',
                  of: { kind: 'memory', address, length: 1 },
                  words: `Changes of the byte at 0x${offsetText(address)}`,
                });
            }}
          />
        ))}
    </div>
  );
}

/** Goes to the moment before the last write of a byte, and says what wrote it. */
function useLastWrite(): (address: number) => Promise<void> {
  const { client, store } = useStudioContext();
  const { moveDebug, notify, notifyFault } = useActions();
  return async (address) => {
    const session = store.getState().debugStop?.session;
    if (session === undefined) return;
    const answer = await client.call('debug.lastWrite', { session, address, length: 1 });
    if (!answer.ok) {
      notifyFault('Who wrote this byte could not be found', answer.error);
      return;
    }
    const { write } = answer.value;
    const byte = `The byte at 0x${offsetText(address)}`;
    if (write === null) {
      notify({ kind: 'info', text: `${byte} was not written before this moment.` });
      return;
    }
    const { place, import: called, moment } = write;
    const who = called ?? place.functionName ?? `function ${place.function}`;
    notify({ kind: 'info', text: `${byte} was written last by ${who}, at ${moment.toLocaleString('en')}.` });
    moveDebug({ kind: 'to count', count: moment });
  };
}

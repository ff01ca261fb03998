/** A part of the memory; what the last move changed is marked. */
import { type SyntheticEvent, useState } from 'react';
import { useAtStop } from '../../store/debug/use-stop';
import { EmptyState } from '../../ui/EmptyState';
import { FaultView } from '../../ui/FaultView';
import { IconButton } from '../../ui/IconButton';
import { Progress } from '../../ui/Progress';
import { HexView } from '../../ui/values/HexView';
import { offsetText } from '../../ui/values/hex-rows';
import { sizeText } from '../../ui/values/bytes-text';
import { useMemory } from './memory';

/** Bytes that are shown at once. */
const partLength = 16_384;

export function MemoryTab() {
  const {
    memory: { address: start },
    remember,
  } = useMemory();
  const [text, setText] = useState(`0x${offsetText(start)}`);
  const answer = useAtStop(`memory ${start}`, ({ client, session, signal }) =>
    client.call('debug.memory', { session, address: start, length: partLength }, signal),
  );
  const size = answer?.state === 'ready' ? answer.value.size : null;
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
            name="Memory"
            bytes={answer.value.bytes}
            base={start}
            changed={answer.value.changed}
            fill
          />
        ))}
    </div>
  );
}

/** Bytes of contract state or of a message: as the value they hold, as text, or as a hex dump; large ones in parts. */
import { useState } from 'react';
import type { Fault } from '../../../core/base/fault';
import { concatBytes } from '../../../core/base/bytes';
import type { Result } from '../../../core/base/result';
import type { WireData, WireValue } from '../../../core/studio/protocol/wire';
import { CopyButtons } from './CopyButtons';
import { HexView } from './HexView';
import { ValueTree } from './ValueTree';
import { bytesToHexText, bytesToReadableText, sizeText } from './bytes-text';
import { valueToJson, valueToText } from './value-text';
import './values.css';

interface DataPaneProps {
  readonly data: WireData;
  readonly name: string;
  /** Address of the first byte, for bytes of a memory. */
  readonly base?: number;
  /** Reads on from an offset; without it what is not there can't be loaded. */
  readonly loadFrom?: (offset: number) => Promise<Result<WireData | null, Fault>>;
}

type View = 'value' | 'text' | 'hex';

export function DataPane({ data, name, base, loadFrom }: DataPaneProps) {
  const parts = useParts(data, loadFrom);
  const [chosen, setChosen] = useState<View | null>(null);
  const text = bytesToReadableText(parts.bytes);
  const views: readonly View[] = [
    ...(parts.value === undefined ? [] : ['value' as const]),
    ...(text === undefined || text === '' ? [] : ['text' as const]),
    'hex',
  ];
  const view = chosen !== null && views.includes(chosen) ? chosen : (views[0] ?? 'hex');
  return (
    <div className="data-pane">
      <div className="data-bar">
        <div className="data-views" role="group" aria-label={`${name} as`}>
          {views.map((each) => (
            <button key={each} type="button" aria-pressed={each === view} onClick={() => setChosen(each)}>
              {viewNames[each]}
            </button>
          ))}
        </div>
        <span className="data-size">{sizeText(data.data.length)}</span>
        <CopyButtons forms={copyForms(parts, text)} />
      </div>
      {view === 'value' && parts.value !== undefined && <ValueTree value={parts.value} name={name} />}
      {view === 'text' && <pre className="value-whole">{text}</pre>}
      {view === 'hex' && (
        <HexView bytes={parts.bytes} name={name} {...(base === undefined ? {} : { base })} />
      )}
      {parts.bytes.length < data.data.length && (
        <div className="data-more">
          {`The first ${sizeText(parts.bytes.length)} of ${sizeText(data.data.length)}.`}
          {parts.loadMore !== null && (
            <button type="button" className="link-button" disabled={parts.loading} onClick={parts.loadMore}>
              {parts.loading ? 'Loading…' : 'Load more'}
            </button>
          )}
        </div>
      )}
      {parts.fault !== null && (
        <div className="data-fault" role="alert">
          {parts.fault.message}
        </div>
      )}
    </div>
  );
}

const viewNames: Readonly<Record<View, string>> = { value: 'Value', text: 'Text', hex: 'Hex' };

interface Loaded {
  readonly bytes: Uint8Array;
  readonly value: WireValue | undefined;
}

/** What was read on so far, or why not, for one value. */
interface Reading {
  readonly of: WireData;
  readonly loaded: Loaded | null;
  readonly state: 'loading' | 'idle';
  readonly fault: Fault | null;
}

function useParts(data: WireData, loadFrom: DataPaneProps['loadFrom']) {
  const [latest, setReading] = useState<Reading | null>(null);
  const reading = latest?.of === data ? latest : null;
  const loaded: Loaded = reading?.loaded ?? { bytes: data.data.bytes, value: data.value };

  const load = async (read: NonNullable<typeof loadFrom>): Promise<void> => {
    const before = reading?.loaded ?? null;
    setReading({ of: data, loaded: before, state: 'loading', fault: null });
    const part = await read(loaded.bytes.length);
    const next: Reading = part.ok
      ? { of: data, loaded: joined(loaded, part.value), state: 'idle', fault: null }
      : { of: data, loaded: before, state: 'idle', fault: part.error };
    setReading((current) => (current?.of === data ? next : current));
  };
  return {
    ...loaded,
    loading: reading?.state === 'loading',
    fault: reading?.fault ?? null,
    loadMore: loadFrom === undefined ? null : () => void load(loadFrom),
  };
}

/** The value is known of what came whole only. */
const joined = ({ bytes, value }: Loaded, part: WireData | null): Loaded =>
  part === null ? { bytes, value } : { bytes: concatBytes([bytes, part.data.bytes]), value };

function copyForms({ bytes, value }: Loaded, text: string | undefined) {
  const shown = value === undefined ? text : typeof value === 'string' ? value : valueToText(value);
  return [
    ...(shown === undefined ? [] : [{ name: 'text', text: () => shown }]),
    { name: 'hex', text: () => bytesToHexText(bytes) },
    ...(value === undefined ? [] : [{ name: 'JSON', text: () => valueToJson(value) }]),
  ];
}

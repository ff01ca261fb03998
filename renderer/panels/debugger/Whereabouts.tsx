/** Where the session stands and why, in lines that are always there: nothing below them moves. */
import { useActions, useStudio } from '../../store/context';
import { Icon } from '../../ui/Icon';
import { debugKeys } from '../../ui/debug-keys';
import { withKeys } from '../../ui/keys';
import { isLibraryFile } from '../../ui/library-file';
import { ReceiptLink, SourceLink } from '../../ui/links';
import { WhatIf } from './WhatIf';
import { stopWords } from './stop-words';

export function Whereabouts() {
  const stop = useStudio(({ debugStop }) => debugStop);
  const progress = useStudio(({ debugProgress }) => debugProgress);
  const { closeDebug, dropHeld } = useActions();
  if (stop === null) return null;
  const { message, receipt, place, count, end, gasLeft } = stop;
  const words = stopWords(stop);
  return (
    <div className="whereabouts" role="group" aria-label="Where it stands">
      <div className="whereabouts-line">
        {receipt === null ? (
          <span className="badge" title="It is not delivered yet, nor is anything else for its kernel">
            held
          </span>
        ) : (
          <ReceiptLink index={receipt} kernel={message.to} />
        )}
        <span className="mono">{message.method}</span>
        <span className="quiet">to</span>
        <span className="whereabouts-to" title={message.to}>
          {message.to}
        </span>
        {receipt === null && (
          <>
            <button
              type="button"
              className="link-button"
              title={withKeys(
                'Stop stepping: it is delivered, as it is without changes by hand',
                debugKeys.close,
              )}
              onClick={closeDebug}
            >
              deliver
            </button>
            <button
              type="button"
              className="link-button"
              title="Take it out of its mailbox: it is never delivered"
              onClick={() => void dropHeld()}
            >
              drop
            </button>
          </>
        )}
        <WhatIf />
      </div>
      <div className={`whereabouts-line whereabouts-${words.kind}`} role="status" aria-label="Stopped">
        <Icon name={words.icon} />
        <span className="whereabouts-words" title={words.text}>
          {progress === null ? words.text : `Running: at ${progress.toLocaleString('en')}`}
        </span>
      </div>
      <div className="whereabouts-line">
        {place === null ? (
          <span className="quiet">the run is over</span>
        ) : (
          <>
            <code className="whereabouts-function">{place.functionName ?? `function ${place.function}`}</code>
            {place.source?.file === undefined || isLibraryFile(place.source.file) ? (
              <span className="quiet mono whereabouts-place">
                {place.source?.file === undefined
                  ? `0x${place.offset.toString(16)}`
                  : `${place.source.file}:${place.source.line}`}
              </span>
            ) : (
              <SourceLink place={{ ...place.source, file: place.source.file }} />
            )}
          </>
        )}
      </div>
      <div className="whereabouts-line whereabouts-numbers">
        <span>
          <span className="quiet">instruction </span>
          <span aria-label="Instruction">{count.toLocaleString('en')}</span>
          {end !== null && <span className="quiet">{` of ${end.count.toLocaleString('en')}`}</span>}
        </span>
        <span>
          <span className="quiet">gas left </span>
          {gasLeft.toLocaleString('en')}
        </span>
      </div>
      {stop.notes.map((note) => (
        <div key={note} className="whereabouts-line whereabouts-note">
          <Icon name="info" />
          <span className="whereabouts-words" title={note}>
            {note}
          </span>
        </div>
      ))}
    </div>
  );
}

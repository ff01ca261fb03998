/** The calls that are on, innermost first. The chosen one is the one whose values, source and code are shown. */
import type { CodeFrame } from '../../../core/studio/protocol/wire';
import { PagedListView } from '../../lists/PagedListView';
import { useActions, useStudio } from '../../store/context';
import { useStopList } from '../../store/debug/use-stop';
import { isLibraryFile } from '../../ui/library-file';

export function CallStack() {
  const list = useStopList<CodeFrame>('frames', ({ client, session, range, signal }) =>
    client.call('debug.frames', { session, ...range }, signal),
  );
  const { index } = useStudio(({ debugFrame }) => debugFrame);
  const { selectFrame } = useActions();
  return (
    <section className="call-stack" aria-label="Call stack">
      <h3>Call stack</h3>
      <div className="call-stack-rows">
        <PagedListView
          list={list}
          label="Call stack"
          active={index}
          onActive={(next) => selectFrame({ index: next, place: list.row(next) ?? null })}
          renderRow={(frame) => <FrameLine frame={frame} />}
          empty={<p className="quiet call-stack-empty">No call is on: the run is over.</p>}
        />
      </div>
    </section>
  );
}

function FrameLine({ frame: { functionName, function: index, source, offset } }: { frame: CodeFrame }) {
  const isLibrary = source?.file !== undefined && isLibraryFile(source.file);
  return (
    <span className={`frame-line${isLibrary ? ' is-library' : ''}`}>
      <span className="frame-function">{functionName ?? `function ${index}`}</span>
      <span className="frame-place">
        <bdi>{source?.file === undefined ? `0x${offset.toString(16)}` : `${source.file}:${source.line}`}</bdi>
      </span>
    </span>
  );
}

/** Calls, innermost first: the function, and its line of source or else its place in the wasm code. */
import type { CodeFrame } from '../../../core/studio/protocol/wire';
import { isLibraryFile } from '../library-file';
import { SourceLink } from '../links';
import './receipts.css';

export function StackView({ stack }: { stack: readonly CodeFrame[] }) {
  return (
    <ol className="stack" aria-label="Calls, innermost first">
      {stack.map((frame, depth) => (
        <li key={depth}>
          <code>{frame.functionName ?? `function ${frame.function}`}</code>
          <FramePlace frame={frame} />
        </li>
      ))}
    </ol>
  );
}

function FramePlace({ frame: { source, offset } }: { frame: CodeFrame }) {
  if (source?.file === undefined) return <span className="quiet mono">{`at 0x${offset.toString(16)}`}</span>;
  if (isLibraryFile(source.file))
    return <span className="quiet mono">{`${source.file}:${source.line}`}</span>;
  return <SourceLink place={{ ...source, file: source.file }} />;
}

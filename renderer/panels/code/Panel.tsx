/** The code that is stepped through as WebAssembly text, beside the lines of source that it was made from. */
import { useState } from 'react';
import { useStudio } from '../../store/context';
import { EmptyState } from '../../ui/EmptyState';
import { FunctionList } from './FunctionList';
import { Listing } from './Listing';
import './code.css';

export default function CodePanel() {
  const code = useStudio(({ debugStop }) => debugStop?.code ?? null);
  if (code === null) {
    return (
      <EmptyState icon="file-binary" title="No message is stepped through">
        The code of the message that is stepped through stands here, instruction by instruction.
      </EmptyState>
    );
  }
  return <CodeView key={code} code={code} />;
}

function CodeView({ code }: { code: string }) {
  const frame = useStudio(({ debugFrame }) => debugFrame);
  // What was chosen holds until the next stop, or until another call is chosen.
  const [chosen, setChosen] = useState<{ readonly at: typeof frame; readonly index: number } | null>(null);
  const index = chosen?.at === frame ? chosen.index : (frame.place?.function ?? chosen?.index ?? 0);
  return (
    <div className="code">
      <FunctionList code={code} active={index} onActive={(next) => setChosen({ at: frame, index: next })} />
      <Listing key={index} code={code} index={index} />
    </div>
  );
}

import { useMemo } from 'react';
import { usePast } from '../../store/context';
import { useAnswer } from '../../store/past/use-answer';
import { nameOf } from '../../store/paths';

interface SourceTextProps {
  /** CID. */
  readonly code: string;
  readonly file: string;
  readonly line: number;
}

/** A line of source where its code begins: its words when they are to be had, its place in any case. */
export function SourceText({ code, file, line }: SourceTextProps) {
  const { sourceText } = usePast();
  const answer = useAnswer(sourceText, { code, file });
  const text = answer.state === 'ready' ? answer.value : null;
  const words = useMemo(() => text?.split('\n')[line - 1]?.trim() ?? '', [text, line]);
  return (
    <span className="code-source" title={`${file}:${line}`}>
      <span className="quiet">{`${nameOf(file)}:${line}`}</span>
      <span className="code-source-words">{words}</span>
    </span>
  );
}

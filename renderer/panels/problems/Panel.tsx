/** What the compilers say of all files, by file. */
import { useMemo, useState } from 'react';
import { VirtualList } from '../../lists/VirtualList';
import { useActions, useStudio } from '../../store/context';
import { folderOf, nameOf } from '../../store/paths';
import { EmptyState } from '../../ui/EmptyState';
import { FileIcon } from '../../ui/FileIcon';
import { Icon } from '../../ui/Icon';
import { type ProblemRow, problemRows } from './problem-rows';
import './problems.css';

export default function ProblemsPanel() {
  const problemsByFile = useStudio((state) => state.problemsByFile);
  const { openSource } = useActions();
  const rows = useMemo(() => problemRows(problemsByFile), [problemsByFile]);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  if (rows.length === 0) {
    return (
      <EmptyState icon="pass" title="No problems">
        Contracts are checked while you write them; what their compiler says is listed here.
      </EmptyState>
    );
  }
  const at = rows.findIndex(({ key }) => key === activeKey);
  /** The keyboard stays in the list after a click. */
  const show = (index: number, focus: boolean): void => {
    const row = rows[index];
    if (row !== undefined) openSource(row.kind === 'file' ? { file: row.file } : row.problem, focus);
  };
  return (
    <VirtualList
      label="Problems"
      count={rows.length}
      active={at === -1 ? null : at}
      onActive={(index) => setActiveKey(rows[index]?.key ?? null)}
      onClick={(index) => show(index, false)}
      onOpen={(index) => show(index, true)}
      rowKey={(index) => rows[index]?.key ?? index}
      renderRow={(index) => {
        const row = rows[index];
        return row === undefined ? null : <ProblemLine row={row} />;
      }}
    />
  );
}

function ProblemLine({ row }: { row: ProblemRow }) {
  if (row.kind === 'file') {
    return (
      <span className="problem-file">
        <FileIcon path={row.file} />
        {nameOf(row.file)}
        <span className="problem-place">{folderOf(row.file)}</span>
        <span className="tab-badge">{row.count}</span>
      </span>
    );
  }
  const { severity, message, code, line, column } = row.problem;
  return (
    <span className="problem" title={message}>
      <Icon name={severity} className={`problem-${severity}`} />
      <span className="problem-words">{message}</span>
      <span className="problem-place">
        {code === '' ? '' : `${code} · `}
        {`${line}:${column}`}
      </span>
    </span>
  );
}

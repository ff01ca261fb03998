import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { allPanels } from '../panels/all';
import { useActions, useStudio } from '../store/context';
import { folderOf, nameOf } from '../store/paths';
import { countProblems } from '../store/problems';
import { FileIcon } from '../ui/FileIcon';
import { withKeys } from '../ui/keys';
import { panelDocument } from './layout';

/** A panel's tab. Panels stay: they are moved or folded away with their side. */
export function PanelTab({ api }: IDockviewPanelHeaderProps) {
  const keys = allPanels.find(({ id }) => id === api.id)?.keys;
  return (
    <div className="dock-tab" title={withKeys(api.title ?? '', keys)}>
      {api.title}
      {api.id === 'problems' && <ProblemsBadge />}
    </div>
  );
}

function ProblemsBadge() {
  const count = useStudio((state) => {
    const { errors, warnings } = countProblems(state);
    return errors + warnings;
  });
  return count === 0 ? null : <span className="tab-badge">{count}</span>;
}

export function DocumentTab({ api }: IDockviewPanelHeaderProps) {
  const path = panelDocument(api.id) ?? '';
  const dirty = useStudio((state) => state.documents[path]?.dirty ?? false);
  const errors = useStudio(
    (state) => state.problemsByFile[path]?.some(({ severity }) => severity === 'error') ?? false,
  );
  const twin = useStudio((state) =>
    Object.keys(state.documents).some((other) => other !== path && nameOf(other) === nameOf(path)),
  );
  const { closeDocument } = useActions();
  return (
    <div
      className={`dock-tab document-tab${dirty ? ' is-dirty' : ''}${errors ? ' has-errors' : ''}`}
      title={`${path}${dirty ? ' • not saved' : ''}`}
      onAuxClick={(event) => {
        if (event.button === 1) closeDocument(path);
      }}
    >
      <FileIcon path={path} />
      <span>{nameOf(path)}</span>
      {twin && <span className="document-folder">{folderOf(path)}</span>}
      <button
        type="button"
        className="document-close"
        aria-label={`Close ${nameOf(path)}${dirty ? ', not saved' : ''}`}
        title={withKeys('Close', 'Alt+KeyW')}
        tabIndex={-1}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => closeDocument(path)}
      />
    </div>
  );
}

/** One document in its tab: its editor, or why there is none, and the choice when the file was changed by others. */
import { useEffect, useState } from 'react';
import { type Fault, fault } from '../../../core/base/fault';
import { CodeEditor } from '../../editor/CodeEditor';
import { CompareView } from '../../editor/CompareView';
import { type EditorKit, loadEditorKit } from '../../editor/editor-kit';
import { useActions, useStudio, useStudioContext } from '../../store/context';
import type { OpenDocument, Theirs } from '../../store/documents';
import { nameOf } from '../../store/paths';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { FaultView } from '../../ui/FaultView';
import { Icon } from '../../ui/Icon';
import { Progress } from '../../ui/Progress';
import { toSentence } from '../../ui/sentence';

export function DocumentPanel({ path }: { path: string }) {
  const document = useStudio((state) => state.documents[path]);
  const { kit, fault: kitFault } = useEditorKit();
  const [comparing, setComparing] = useState(false);
  if (document === undefined) return null;
  if (document.state === 'failed') return <Unreadable document={document} />;
  if (kitFault !== null) return <FaultView what="The editor could not be loaded" fault={kitFault} />;
  if (document.state === 'loading' || kit === null) return <Progress label={`${path}: loading`} />;
  const { theirs } = document;
  const compared = comparing && theirs?.kind === 'changed' ? theirs.text : null;
  return (
    <div className="document-panel" data-document={path}>
      {theirs !== null && (
        <Choice
          path={path}
          theirs={theirs}
          comparing={comparing}
          onCompare={() => setComparing(!comparing)}
        />
      )}
      {compared === null ? (
        <CodeEditor path={path} kit={kit} />
      ) : (
        <CompareView path={path} theirs={compared} kit={kit} />
      )}
    </div>
  );
}

function useEditorKit(): { readonly kit: EditorKit | null; readonly fault: Fault | null } {
  const studio = useStudioContext();
  const [loaded, setLoaded] = useState<{ kit: EditorKit | null; fault: Fault | null }>(notLoaded);
  useEffect(() => {
    let left = false;
    const tell = (next: typeof loaded): void => (left ? undefined : setLoaded(next));
    loadEditorKit(studio).then(
      (kit) => tell({ kit, fault: null }),
      (error: unknown) =>
        tell({ kit: null, fault: fault('not-loaded', String(error), { remedy: 'Reload the window.' }) }),
    );
    return () => void (left = true);
  }, [studio]);
  return loaded;
}

const notLoaded = { kit: null, fault: null };

function Unreadable({ document: { path, fault } }: { document: OpenDocument }) {
  const { closeDocument, loadDocument } = useActions();
  if (fault === null) return null;
  const icon = unreadable[fault.code];
  if (icon === undefined)
    return (
      <FaultView what={`${path} could not be read`} fault={fault} onRetry={() => void loadDocument(path)} />
    );
  return (
    <EmptyState icon={icon} title={nameOf(path)}>
      <span>
        {path.endsWith('.wasm')
          ? 'This is compiled code, not text. Kernels run it by its path.'
          : toSentence(fault.message)}
      </span>
      {fault.remedy !== undefined && <span>{toSentence(fault.remedy)}</span>}
      <Button icon="close" onClick={() => closeDocument(path)}>
        Close
      </Button>
    </EmptyState>
  );
}

/** Files that are as they should be, and no texts to edit. */
const unreadable: Readonly<Record<string, string>> = { 'too-large': 'file-zip', 'not-text': 'file-binary' };

interface ChoiceProps {
  readonly path: string;
  readonly theirs: Theirs;
  readonly comparing: boolean;
  readonly onCompare: () => void;
}

function Choice({ path, theirs, comparing, onCompare }: ChoiceProps) {
  const { resolveTheirs } = useActions();
  const removed = theirs.kind === 'removed';
  return (
    <div className="document-strip" role="alert">
      <Icon name="warning" />
      <span>
        {removed
          ? 'Removed from the disk. Your text is still here.'
          : 'Changed on the disk while you have unsaved changes.'}
      </span>
      {!removed && (
        <Button icon="diff" onClick={onCompare}>
          {comparing ? 'Stop comparing' : 'Compare'}
        </Button>
      )}
      <Button onClick={() => resolveTheirs(path, 'mine')}>{removed ? 'Keep it' : 'Keep mine'}</Button>
      <Button onClick={() => resolveTheirs(path, 'theirs')}>{removed ? 'Close' : 'Take theirs'}</Button>
    </div>
  );
}

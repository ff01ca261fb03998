import { useActions, useStudio } from '../store/context';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

/** Stands where documents would be while none is open. */
export function StartPanel() {
  const name = useStudio((state) => state.workspace?.name);
  const { setOverlay, wishNewFile } = useActions();
  return (
    <EmptyState icon="symbol-misc" title={name ?? 'Kernelscope'}>
      <span>Open a contract, change it and save: the kernels that run it take the new code at once.</span>
      <div className="start-actions">
        <Button icon="go-to-file" keys="$mod+P" onClick={() => setOverlay('files')}>
          Go to a file
        </Button>
        <Button icon="new-file" onClick={() => wishNewFile('file')}>
          New file
        </Button>
        <Button icon="terminal" keys="$mod+Shift+P" onClick={() => setOverlay('commands')}>
          All commands
        </Button>
      </div>
    </EmptyState>
  );
}

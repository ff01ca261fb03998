import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposal';
import type { Workspace } from '../workspace/workspace';

/** Tells of changes in the workspace by any program, gathered, as paths from its folder with `/`. */
export function watchWorkspace(options: {
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly onChange: (paths: readonly string[]) => void;
  /** Told when the system can't watch, as when it is out of watches. */
  readonly onProblem: (error: unknown) => void;
}): Disposable {
  const { workspace, clock, onChange, onProblem } = options;
  const changed = new Set<string>();
  let telling: Disposable | null = null;

  const watcher = watch(workspace.folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => isIgnored(relative(workspace.folder, path)),
  });
  watcher.on('error', onProblem);
  watcher.on('all', (_event, path) => {
    changed.add(relative(workspace.folder, path).split(sep).join('/'));
    telling ??= clock.after(gatherFor, () => {
      telling = null;
      const paths = [...changed];
      changed.clear();
      onChange(paths);
    });
  });
  return {
    dispose() {
      telling?.dispose();
      watcher.close().catch(onProblem);
    },
  };
}

/** Milliseconds: one save by an editor is several events, a checkout is thousands. */
const gatherFor = 50;

const isIgnored = (path: string): boolean =>
  path.split(sep).some((name) => name === '.kernelscope' || name === 'node_modules' || name === '.git');

import { tinykeys } from 'tinykeys';
import type { Studio } from '../store/context';
import { allCommands } from './commands';

/** Listens for the keys of all commands, before whatever has the keyboard. Answers with the way to stop. */
export function bindKeys(page: Window, studio: Studio): () => void {
  const bound = [...allCommands.map(({ keys, run }) => [keys, run] as const), ...aliases()];
  const handlers = bound.flatMap(([keys, run]) =>
    keys === undefined
      ? []
      : [
          [
            keys,
            (event: KeyboardEvent) => {
              event.preventDefault();
              event.stopPropagation();
              run(studio);
            },
          ] as const,
        ],
  );
  return tinykeys(page, Object.fromEntries(handlers), { capture: true });
}

/** What fingers know from other editors. */
function aliases() {
  const palette = allCommands.find(({ id }) => id === 'palette.open');
  return palette === undefined ? [] : [['F1', palette.run] as const];
}

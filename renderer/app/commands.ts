/** Everything that can be done by name: from the palette, by a key, or from the native menu. */
import { allPanels } from '../panels/all';
import type { CommandMeta } from '../panels/panel-meta';
import type { Studio } from '../store/context';
import type { StudioState } from '../store/studio';
import { currentTheme } from '../store/theme';

export type Command = CommandMeta;

/** A command that acts on the store alone. */
const ofStore = (
  id: string,
  title: string,
  run: (state: StudioState) => unknown,
  keys?: string,
): Command => ({
  id,
  title,
  ...(keys === undefined ? {} : { keys }),
  run: ({ store }) => void run(store.getState()),
});

const ownCommands: readonly Command[] = [
  ofStore('palette.open', 'Show All Commands', (state) => state.setOverlay('commands'), '$mod+Shift+P'),
  ofStore('palette.files', 'Go to File…', (state) => state.setOverlay('files'), '$mod+P'),
  ofStore('help.keys', 'Show Keys', (state) => state.setOverlay('keys'), '$mod+Shift+Slash'),
  ofStore(
    'file.save',
    'File: Save',
    (state) => (state.activeDocument === null ? undefined : state.saveDocument(state.activeDocument)),
    '$mod+S',
  ),
  ofStore('file.saveAll', 'File: Save All', (state) => state.saveAllDocuments(), '$mod+Alt+S'),
  ofStore(
    'file.close',
    'File: Close',
    (state) => (state.activeDocument === null ? undefined : state.closeDocument(state.activeDocument)),
    'Alt+KeyW',
  ),
  ofStore('file.closeAll', 'File: Close All', (state) => state.closeDocuments(Object.keys(state.documents))),
  ofStore('panel.next', 'View: Go to Next Panel', (state) => state.stepPanel(1), 'F6'),
  ofStore('panel.previous', 'View: Go to Previous Panel', (state) => state.stepPanel(-1), 'Shift+F6'),
  ofStore('layout.toggleLeft', 'View: Toggle Left Side', (state) => state.toggleSide('left'), '$mod+B'),
  ofStore('layout.toggleBottom', 'View: Toggle Bottom', (state) => state.toggleSide('bottom'), '$mod+J'),
  ofStore(
    'layout.toggleRight',
    'View: Toggle Right Side',
    (state) => state.toggleSide('right'),
    '$mod+Alt+B',
  ),
  ofStore('layout.reset', 'View: Reset Layout', (state) => state.resetLayout()),
  ofStore('theme.toggle', 'Theme: Switch Between Dark and Light', (state) =>
    state.chooseTheme(currentTheme(state) === 'dark' ? 'light' : 'dark'),
  ),
  ofStore('theme.system', 'Theme: Follow the System', (state) => state.chooseTheme(null)),
  ofStore('signal.compose', 'Signal: Write a Signal', (state) => state.showPanel('composer')),
  ofStore('world.stop', 'World: Stop Delivering Messages', (state) => state.stopWorld()),
  ofStore('world.continue', 'World: Continue Delivering Messages', (state) => state.continueWorld()),
  ofStore('world.restart', 'World: Restart from the Last Commit', (state) => state.restartWorld()),
];

/** The window's own, those of the panels, and one for each panel that shows it. */
export const allCommands: readonly Command[] = [
  ...ownCommands,
  ...allPanels.flatMap(({ commands }) => commands),
  ...allPanels.map(({ id, title, keys }) =>
    ofStore(`panel.${id}`, `View: Show ${title}`, (state) => state.showPanel(id), keys),
  ),
];

/** Does nothing for a name that no command has: a menu may be newer than this window. */
export function runCommand(id: string, studio: Studio): void {
  allCommands.find((command) => command.id === id)?.run(studio);
}

import { debugKeys } from '../../ui/debug-keys';
import type { PanelMeta } from '../panel-meta';

export const breakpointsPanel: PanelMeta = {
  id: 'breakpoints',
  title: 'Breakpoints',
  icon: 'record',
  place: 'bottom',
  keys: '$mod+Alt+P',
  commands: [
    {
      id: 'breakpoints.toggle',
      title: 'Breakpoints: Set or Remove at the Cursor',
      keys: debugKeys.breakpoint,
      run: ({ store }) => store.getState().toggleBreakpoint(store.getState().cursorTarget()),
    },
    {
      id: 'breakpoints.removeAll',
      title: 'Breakpoints: Remove All',
      run: ({ store }) => void store.getState().removeBreakpoints(null),
    },
  ],
  localKeys: [
    { keys: 'Space', does: 'Switches a breakpoint on or off' },
    { keys: 'Delete', does: 'Removes a breakpoint' },
    { keys: 'Enter', does: 'Shows the line where it is' },
  ],
  load: () => import('./Panel'),
};

import { debugKeys } from '../../ui/debug-keys';
import type { PanelMeta } from '../panel-meta';

export const codePanel: PanelMeta = {
  id: 'code',
  title: 'Code',
  icon: 'file-binary',
  place: 'bottom',
  keys: '$mod+Shift+X',
  commands: [],
  localKeys: [
    { keys: 'Enter', does: 'Runs to the instruction' },
    { keys: 'Shift+Enter', does: 'Runs back to it' },
    { keys: debugKeys.breakpoint, does: 'Sets or removes a breakpoint at it' },
  ],
  load: () => import('./Panel'),
};

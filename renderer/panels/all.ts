/** Every panel of the window, in the order in which lists name them. */
import { breakpointsPanel } from './breakpoints/meta';
import { codePanel } from './code/meta';
import { composerPanel } from './composer/meta';
import { debuggerPanel } from './debugger/meta';
import { filesPanel } from './files/meta';
import { inspectorPanel } from './inspector/meta';
import { kernelsPanel } from './kernels/meta';
import type { PanelMeta } from './panel-meta';
import { problemsPanel } from './problems/meta';
import { statePanel } from './state/meta';
import { timelinePanel } from './timeline/meta';

export const allPanels: readonly PanelMeta[] = [
  filesPanel,
  kernelsPanel,
  timelinePanel,
  problemsPanel,
  codePanel,
  breakpointsPanel,
  composerPanel,
  inspectorPanel,
  debuggerPanel,
  statePanel,
];

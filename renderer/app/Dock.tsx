/** The dock: panels and documents as tabs that can be moved, remembered as the user leaves them. */
import 'dockview-react/dist/styles/dockview.css';
import './dock.css';
import {
  type DockviewApi,
  DockviewReact,
  type DockviewReadyEvent,
  type DockviewTheme,
  type IDockviewPanelProps,
} from 'dockview-react';
import { useEffect, useState } from 'react';
import { DocumentPanel } from '../panels/editor/DocumentPanel';
import { useStudioContext } from '../store/context';
import { DocumentTab, PanelTab } from './DockTabs';
import { PanelHost } from './PanelHost';
import { StartPanel } from './StartPanel';
import {
  addPanelAgain,
  buildFirstLayout,
  createSideToggle,
  nextPanel,
  panelDocument,
  restoreLayout,
  showDocuments,
} from './layout';
import { rememberWindow } from './remember-window';

export function Dock({ initialLayout }: { initialLayout: Readonly<Record<string, unknown>> | null }) {
  const { client, store } = useStudioContext();
  const [api, setApi] = useState<DockviewApi | null>(null);

  const onReady = ({ api: ready }: DockviewReadyEvent): void => {
    if (initialLayout === null || !restoreLayout(ready, initialLayout)) buildFirstLayout(ready);
    showDocuments(ready, store.getState().documents);
    setApi(ready);
  };

  useEffect(() => {
    if (api === null) return undefined;
    const show = (id: string): void => {
      if (api.getPanel(id) === undefined) addPanelAgain(api, id);
      const panel = api.getPanel(id);
      if (panel === undefined) return;
      if (!panel.group.api.isVisible) panel.group.api.setVisible(true);
      panel.api.setActive();
    };
    const toggleSide = createSideToggle(api);
    const tellActive = (): void => {
      const panel = api.activePanel;
      const path = panel === undefined ? null : panelDocument(panel.id);
      if (path !== null || panel?.id === 'start') store.getState().setActiveDocument(path);
    };
    const wish = store.getState().panelWish;
    if (wish !== null) show(wish.id);
    tellActive();

    const active = api.onDidActivePanelChange(tellActive);
    const remembering = rememberWindow({ client, store, api });
    const unsubscribe = store.subscribe((state, before) => {
      if (state.documents !== before.documents) showDocuments(api, state.documents);
      if (state.panelWish !== before.panelWish && state.panelWish !== null) show(state.panelWish.id);
      if (state.layoutWish === before.layoutWish || state.layoutWish === null) return;
      const { act } = state.layoutWish;
      if (act === 'reset') {
        api.clear();
        buildFirstLayout(api);
        showDocuments(api, state.documents);
      } else if ('toggle' in act) toggleSide(act.toggle);
      else {
        const next = nextPanel(api, act.step);
        if (next !== null) store.getState().showPanel(next);
      }
    });
    return () => {
      unsubscribe();
      remembering.dispose();
      active.dispose();
    };
  }, [api, client, store]);

  return (
    <DockviewReact
      className="dock"
      theme={theme}
      components={components}
      tabComponents={tabComponents}
      onReady={onReady}
      disableFloatingGroups
      scrollbars="native"
      getTabContextMenuItems={noMenu}
    />
  );
}

const theme: DockviewTheme = {
  name: 'kernelscope',
  className: 'dockview-theme-kernelscope',
  dndTabIndicator: 'line',
};

const components = {
  panel: ({ api }: IDockviewPanelProps) => <PanelHost id={api.id} />,
  document: DocumentHost,
  start: StartPanel,
};

const tabComponents = { panel: PanelTab, document: DocumentTab };

/** A document in a tab that was never in front costs nothing. */
function DocumentHost({ api, params }: IDockviewPanelProps<{ readonly path: string }>) {
  const [shown, setShown] = useState(api.isVisible);
  useEffect(() => {
    const changes = api.onDidVisibilityChange(({ isVisible }) => {
      if (isVisible) setShown(true);
    });
    return () => changes.dispose();
  }, [api]);
  return shown ? <DocumentPanel path={params.path} /> : null;
}

const noMenu = () => [];

/** Where panels stand: the first layout, the remembered one, and documents as panels of the dock. */
import type { DockviewApi, SerializedDockview } from 'dockview-react';
import { allPanels } from '../panels/all';
import type { PanelMeta } from '../panels/panel-meta';
import { documentPanelId } from '../store/document-view';
import type { OpenDocument } from '../store/documents';
import { nameOf } from '../store/paths';
import type { Side } from '../store/panels';

const startPanelId = 'start';
const documentPrefix = documentPanelId('');

/** The document a panel shows; `null` for other panels. */
export const panelDocument = (panelId: string): string | null =>
  panelId.startsWith(documentPrefix) ? panelId.slice(documentPrefix.length) : null;

/** The documents that are open in a remembered layout. */
export function layoutDocuments(layout: Readonly<Record<string, unknown>> | null): readonly string[] {
  const panels = layout?.['panels'];
  if (typeof panels !== 'object' || panels === null) return [];
  return Object.keys(panels).flatMap((id) => panelDocument(id) ?? []);
}

/** Puts the remembered layout back. Answers false, and leaves the dock empty, when it is none that can be shown. */
export function restoreLayout(api: DockviewApi, layout: Readonly<Record<string, unknown>>): boolean {
  try {
    // Checked by the dock itself, which throws over what it can't read.
    api.fromJSON(layout as unknown as SerializedDockview);
    for (const panel of api.panels) {
      const known = panelDocument(panel.id) !== null || panel.id === startPanelId;
      if (!known && allPanels.every(({ id }) => id !== panel.id)) api.removePanel(panel);
    }
    return true;
  } catch {
    api.clear();
    return false;
  }
}

export function buildFirstLayout(api: DockviewApi): void {
  addStartPanel(api);
  const groups = new Map<PanelMeta['place'], string>();
  const order = ['bottom', 'right', 'left', 'left-below'] as const;
  for (const place of order) {
    for (const meta of allPanels.filter((each) => each.place === place)) {
      const beside = groups.get(place);
      addMetaPanel(api, meta, beside === undefined ? firstPositions[place] : { referencePanel: beside });
      if (beside === undefined) groups.set(place, meta.id);
    }
  }
  // From left to right, for what one side gives up goes to the next.
  for (const place of ['left', 'left-below', 'bottom', 'right'] as const) {
    const panel = api.getPanel(groups.get(place) ?? '');
    // What stands first in each group is in front.
    panel?.api.setActive();
    panel?.group.api.setSize(firstSize(place, api));
  }
  api.getPanel(startPanelId)?.api.setActive();
}

/** Shows a panel that was in no group any more. */
export function addPanelAgain(api: DockviewApi, id: string): void {
  const meta = allPanels.find((each) => each.id === id);
  if (meta === undefined) return;
  const neighbour = allPanels.find(({ id: other, place }) => place === meta.place && api.getPanel(other));
  addMetaPanel(
    api,
    meta,
    neighbour === undefined ? firstPositions[meta.place] : { referencePanel: neighbour.id },
  );
}

/** Makes the dock show exactly these documents; when there are none, the start panel keeps their place. */
export function showDocuments(api: DockviewApi, documents: Readonly<Record<string, OpenDocument>>): void {
  const shown = api.panels.filter(({ id }) => panelDocument(id) !== null);
  const paths = Object.keys(documents);
  const start = api.getPanel(startPanelId);
  const anchor = shown.at(-1) ?? start ?? api.panels.at(0);
  for (const path of paths) {
    const id = documentPanelId(path);
    if (api.getPanel(id) !== undefined) continue;
    api.addPanel({
      id,
      component: 'document',
      tabComponent: 'document',
      title: nameOf(path),
      params: { path },
      inactive: true,
      ...(anchor === undefined ? {} : { position: { referencePanel: anchor, direction: 'within' } }),
    });
  }
  if (paths.length === 0 && start === undefined) addStartPanel(api, shown.at(-1)?.id);
  for (const panel of shown) if (!paths.includes(panelDocument(panel.id) ?? '')) api.removePanel(panel);
  if (paths.length > 0 && start !== undefined) {
    const first = start.api.isActive || start.api.isVisible ? paths[0] : undefined;
    api.removePanel(start);
    if (first !== undefined) api.getPanel(documentPanelId(first))?.api.setActive();
  }
}

/** The panel in front that stands after (1) or before (-1) the active one, in the order in which they are read. */
export function nextPanel(api: DockviewApi, step: 1 | -1): string | null {
  const groups = api.groups.filter((group) => group.api.isVisible && group.activePanel !== undefined);
  const places = new Map(groups.map((group) => [group, group.element.getBoundingClientRect()]));
  const read = groups.toSorted((one, other) => {
    const [a, b] = [places.get(one), places.get(other)];
    return a === undefined || b === undefined ? 0 : a.left - b.left || a.top - b.top;
  });
  const at = read.findIndex((group) => group === api.activeGroup);
  return read[(at + step + read.length) % read.length]?.activePanel?.id ?? null;
}

/** Folds a side away, or brings it back as large as it was. */
export function createSideToggle(api: DockviewApi): (side: Side) => void {
  const sizeByGroup = new Map<string, { readonly width: number; readonly height: number }>();
  return (side) => {
    const ids = allPanels.filter(({ place }) => place.startsWith(side)).map(({ id }) => id);
    const groups = [...new Set(ids.flatMap((id) => api.getPanel(id)?.group ?? []))];
    const visible = groups.some((group) => group.api.isVisible);
    if (visible)
      for (const { id, api: group } of groups)
        sizeByGroup.set(id, { width: group.width, height: group.height });
    for (const group of groups) group.api.setVisible(!visible);
    if (visible) return;
    for (const group of groups) {
      const size = sizeByGroup.get(group.id);
      if (size !== undefined) group.api.setSize(size);
    }
  };
}

type Position = NonNullable<Parameters<DockviewApi['addPanel']>[0]['position']>;

const firstPositions: Readonly<Record<PanelMeta['place'], Position>> = {
  bottom: { direction: 'below' },
  right: { direction: 'right' },
  left: { direction: 'left' },
  'left-below': { referencePanel: 'files', direction: 'below' },
};

/** Pixels. */
function firstSize(
  place: PanelMeta['place'],
  { height }: { readonly height: number },
): { readonly width?: number; readonly height?: number } {
  switch (place) {
    case 'bottom':
      return { height: Math.max(270, Math.round(height * 0.32)) };
    case 'right':
      return { width: 440 };
    case 'left':
      return { width: 300 };
    // Room for a method of three arguments without scrolling.
    case 'left-below':
      return { height: Math.max(380, Math.round(height * 0.55)) };
  }
}

function addMetaPanel(api: DockviewApi, { id, title }: PanelMeta, position: Position): void {
  api.addPanel({ id, component: 'panel', tabComponent: 'panel', title, position });
}

function addStartPanel(api: DockviewApi, within?: string): void {
  api.addPanel({
    id: startPanelId,
    component: 'start',
    tabComponent: 'panel',
    title: 'Start',
    ...(within === undefined ? {} : { position: { referencePanel: within, direction: 'within' } }),
  });
}

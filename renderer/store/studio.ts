/** The window's own state: selection, open documents, problems, notices, settings. It holds no past and no kernel state. */
import { type StoreApi, createStore } from 'zustand/vanilla';
import type { Clock } from '../../core/base/clock';
import type { StudioClient } from '../app/connection';
import { type ClosingSlice, createClosingSlice } from './closing';
import { type ComposeSlice, createComposeSlice } from './compose';
import { type ConnectionSlice, createConnectionSlice } from './connection';
import { type BreakpointsSlice, createBreakpointsSlice } from './debug/breakpoints';
import { type DebugSlice, createDebugSlice } from './debug/debug';
import { type EditsSlice, createEditsSlice } from './debug/edits';
import { type DocumentViewSlice, createDocumentViewSlice } from './document-view';
import { type DocumentsSlice, createDocumentsSlice } from './documents';
import { type FileTreeSlice, createFileTreeSlice } from './file-tree';
import { type NoticesSlice, createNoticesSlice } from './notices';
import { type PanelMemorySlice, createPanelMemorySlice } from './panel-memory';
import { type PanelsSlice, createPanelsSlice } from './panels';
import { type ProblemsSlice, createProblemsSlice } from './problems';
import { type SelectionSlice, createSelectionSlice } from './selection';
import { type ThemeSlice, createThemeSlice } from './theme';
import { type WorldSlice, createWorldSlice } from './world';

export interface StudioState
  extends
    ConnectionSlice,
    WorldSlice,
    SelectionSlice,
    ComposeSlice,
    DocumentsSlice,
    DocumentViewSlice,
    ClosingSlice,
    FileTreeSlice,
    DebugSlice,
    EditsSlice,
    BreakpointsSlice,
    ProblemsSlice,
    NoticesSlice,
    PanelsSlice,
    PanelMemorySlice,
    ThemeSlice {}

export type StudioStore = StoreApi<StudioState>;

/** What slices act with. */
export interface StudioPowers {
  readonly client: StudioClient;
  readonly clock: Clock;
}

/** Makes one slice. It reads all of the state and writes only its own fields. */
export type SliceOf<Slice> = (
  set: (part: Partial<Slice>) => void,
  get: () => StudioState,
  powers: StudioPowers,
) => Slice;

export function createStudioStore(powers: StudioPowers): StudioStore {
  return createStore<StudioState>()((set, get) => ({
    ...createConnectionSlice(set, get, powers),
    ...createWorldSlice(set, get, powers),
    ...createSelectionSlice(set, get, powers),
    ...createComposeSlice(set, get, powers),
    ...createDocumentsSlice(set, get, powers),
    ...createDocumentViewSlice(set, get, powers),
    ...createClosingSlice(set, get, powers),
    ...createFileTreeSlice(set, get, powers),
    ...createDebugSlice(set, get, powers),
    ...createEditsSlice(set, get, powers),
    ...createBreakpointsSlice(set, get, powers),
    ...createProblemsSlice(set, get, powers),
    ...createNoticesSlice(set, get, powers),
    ...createPanelsSlice(set, get, powers),
    ...createPanelMemorySlice(set, get, powers),
    ...createThemeSlice(set, get, powers),
  }));
}

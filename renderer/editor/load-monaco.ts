/** The one way to the editor's library: it is loaded once, by whoever asks first. */
import type { monaco } from './monaco';

export type Monaco = typeof monaco;

export const loadMonaco = () => import('./monaco');

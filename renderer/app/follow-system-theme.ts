import { type StudioStore } from '../store/studio';
import { currentTheme } from '../store/theme';

/** Keeps the page in the theme that was chosen, or in the system's. */
export function followSystemTheme(store: StudioStore): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const tell = (): void => store.getState().setSystemTheme(dark.matches ? 'dark' : 'light');
  const paint = (): void => {
    document.documentElement.dataset['theme'] = currentTheme(store.getState());
  };
  dark.addEventListener('change', tell);
  store.subscribe(paint);
  tell();
  paint();
}

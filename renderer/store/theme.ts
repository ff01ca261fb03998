import type { SliceOf, StudioState } from './studio';

export type Theme = 'dark' | 'light';

export interface ThemeSlice {
  /** What the user chose; `null` follows the system. */
  readonly chosenTheme: Theme | null;
  readonly systemTheme: Theme;
  chooseTheme(theme: Theme | null): void;
  setSystemTheme(theme: Theme): void;
}

export const createThemeSlice: SliceOf<ThemeSlice> = (set) => ({
  chosenTheme: null,
  systemTheme: 'dark',
  chooseTheme: (chosenTheme) => set({ chosenTheme }),
  setSystemTheme: (systemTheme) => set({ systemTheme }),
});

export const currentTheme = ({ chosenTheme, systemTheme }: StudioState): Theme => chosenTheme ?? systemTheme;

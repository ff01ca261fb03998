/** What the window remembers between its lives, as one text that the host keeps. */
import { z } from 'zod';

const windowState = z.object({
  kernelscope: z.literal(1),
  /** As the dock writes it. */
  layout: z.record(z.string(), z.unknown()).nullable(),
  theme: z.enum(['dark', 'light']).nullable(),
  receipt: z.int().min(0).nullable(),
  kernel: z.string().nullable(),
  /** What panels remember, by their ids, each in its own shape. */
  panels: z.record(z.string(), z.unknown()).default({}),
});

export type WindowState = z.infer<typeof windowState>;

export const freshWindowState: WindowState = {
  kernelscope: 1,
  layout: null,
  theme: null,
  receipt: null,
  kernel: null,
  panels: {},
};

export const windowStateToText = (state: WindowState): string => JSON.stringify(state);

/** What can't be read is a fresh start: it is no reason not to open. */
export function textToWindowState(text: string | null): WindowState {
  if (text === null) return freshWindowState;
  try {
    return windowState.parse(JSON.parse(text));
  } catch {
    return freshWindowState;
  }
}

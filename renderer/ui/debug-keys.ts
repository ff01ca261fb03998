/** The debugger's keys, wherever they are shown. Backward is forward with Shift. */
export const debugKeys = {
  open: '$mod+F7',
  beforeTrap: '$mod+F10',
  close: '$mod+F2',
  restart: '$mod+Shift+F7',
  granularity: '$mod+Shift+F9',
  goTo: '$mod+I',
  breakpoint: '$mod+Shift+B',
  pause: '$mod+F9',
  in: 'F7',
  over: 'F8',
  out: '$mod+F8',
  continue: 'F9',
  cursor: 'F4',
} as const;

/** The key of the same move backward. */
export const backward = (keys: string): string => keys.replace(/[^+]+$/, 'Shift+$&');

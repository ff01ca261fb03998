import type { MenuItemConstructorOptions } from 'electron';

/** The native menu: the system's usual entries, and commands that the window carries out. */
export function menuTemplate(
  platform: NodeJS.Platform,
  command: (name: string) => void,
): MenuItemConstructorOptions[] {
  const ours = (label: string, name: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => command(name),
    // The window has the keys itself; the menu only shows them.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        ours('New File…', 'file.new'),
        ours('Save', 'file.save', 'CmdOrCtrl+S'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&World',
      submenu: [
        ours('Send a Signal…', 'signal.compose'),
        { type: 'separator' },
        ours('Stop', 'world.stop'),
        ours('Continue', 'world.continue'),
        ours('Restart from the Last Commit', 'world.restart'),
      ],
    },
    {
      label: '&View',
      submenu: [
        ours('Command Palette…', 'palette.open', 'CmdOrCtrl+K'),
        ours('Reset Layout', 'layout.reset'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
  ];
}

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
        ours('Go to File…', 'palette.files', 'CmdOrCtrl+P'),
        { type: 'separator' },
        ours('Save', 'file.save', 'CmdOrCtrl+S'),
        ours('Save All', 'file.saveAll', 'CmdOrCtrl+Alt+S'),
        ours('Close', 'file.close'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&World',
      submenu: [
        ours('Write a Signal', 'signal.compose'),
        { type: 'separator' },
        ours('Stop Delivering Messages', 'world.stop'),
        ours('Continue Delivering Messages', 'world.continue'),
        ours('Restart from the Last Commit', 'world.restart'),
      ],
    },
    {
      label: '&View',
      submenu: [
        ours('Show All Commands', 'palette.open', 'CmdOrCtrl+Shift+P'),
        { type: 'separator' },
        ours('Toggle Left Side', 'layout.toggleLeft', 'CmdOrCtrl+B'),
        ours('Toggle Bottom', 'layout.toggleBottom', 'CmdOrCtrl+J'),
        ours('Toggle Right Side', 'layout.toggleRight', 'CmdOrCtrl+Alt+B'),
        ours('Reset Layout', 'layout.reset'),
        ours('Switch Between Dark and Light', 'theme.toggle'),
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
    { role: 'help', submenu: [ours('Show Keys', 'help.keys')] },
  ];
}

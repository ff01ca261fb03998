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
      label: '&Debug',
      submenu: [
        ours('Step Through the Selected Message', 'debugger.open', 'CmdOrCtrl+F7'),
        ours('Go to the Instant Before the Trap', 'debugger.beforeTrap', 'CmdOrCtrl+F10'),
        ours('Restart the Message', 'debugger.restart', 'CmdOrCtrl+Shift+F7'),
        ours('Stop Stepping', 'debugger.close', 'CmdOrCtrl+F2'),
        { type: 'separator' },
        ours('Step In', 'debugger.in', 'F7'),
        ours('Step Over', 'debugger.over', 'F8'),
        ours('Step Out', 'debugger.out', 'CmdOrCtrl+F8'),
        ours('Continue', 'debugger.continue', 'F9'),
        ours('Run to the Cursor', 'debugger.cursor', 'F4'),
        ours('Pause', 'debugger.pause', 'CmdOrCtrl+F9'),
        ours('Drop the Held Message', 'debugger.drop'),
        { type: 'separator' },
        ours('Step Back In', 'debugger.inBack', 'Shift+F7'),
        ours('Step Back Over', 'debugger.overBack', 'Shift+F8'),
        ours('Step Back Out', 'debugger.outBack', 'CmdOrCtrl+Shift+F8'),
        ours('Continue Backward', 'debugger.continueBack', 'Shift+F9'),
        ours('Run Back to the Cursor', 'debugger.cursorBack', 'Shift+F4'),
        { type: 'separator' },
        ours('Go to an Instruction or a Pass…', 'debugger.goTo', 'CmdOrCtrl+I'),
        ours('Go to the End', 'debugger.end'),
        ours('Step by Line, or by Instruction', 'debugger.granularity', 'CmdOrCtrl+Shift+F9'),
        { type: 'separator' },
        ours('Set or Remove a Breakpoint', 'breakpoints.toggle', 'CmdOrCtrl+Shift+B'),
        ours('Remove All Breakpoints', 'breakpoints.removeAll'),
        { type: 'separator' },
        ours('Undo the Last Change by Hand', 'debugger.undo'),
        ours('Go On as a Branch…', 'debugger.fork'),
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

/** The desktop shell: opens a workspace as every host does, and shows it in a window that can do nothing else. */
import { BrowserWindow, Menu, MessageChannelMain, app, dialog, protocol, session } from 'electron';
import { faultToText } from '../core/base/fault';
import { findBuiltFiles } from '../core/host/built-files';
import { electronReady } from '../core/host/launch-electron';
import { type OpenStudio, openStudio } from '../core/host/open';
import { menuTemplate } from './menu';
import { isPageUrl, pageScheme, pageUrl, servePage } from './page';
import { mainPort } from './port';
import { logError } from '../core/host/log-error';

const built = findBuiltFiles();

app.enableSandbox();
protocol.registerSchemesAsPrivileged([pageScheme]);
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
});

// Not awaited here: the system tells that it is ready only after this module was loaded.
void app.whenReady().then(start);

async function start(): Promise<void> {
  const studio = await openStudio(folderOf(process.argv), {
    host: 'electron',
    version: built.version,
    workers: built.workers,
    log: logError,
  });
  if (studio.ok) {
    await show(studio.value);
  } else {
    dialog.showErrorBox('Kernelscope', faultToText(studio.error));
    app.exit(1);
  }
}

/** The last argument that is no option; the current folder when there is none. */
function folderOf(args: readonly string[]): string {
  const [, , ...rest] = args;
  return rest.findLast((arg) => !arg.startsWith('-')) ?? process.cwd();
}

async function show(opened: OpenStudio): Promise<void> {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isAllowed(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  await servePage(protocol, built.renderer);

  const window = new BrowserWindow({
    title: `${opened.workspace.name} – Kernelscope`,
    width: 1440,
    height: 900,
    show: false,
    backgroundColor: '#1f1f1f',
    webPreferences: {
      preload: built.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.once('ready-to-show', () => window.show());

  let closeConnection = () => undefined as void;
  let command = (_name: string): void => undefined;
  // Each load of the page, a reload too, gets a port of its own; the one before is over.
  window.webContents.on('did-finish-load', () => {
    closeConnection();
    if (!isPageUrl(window.webContents.getURL())) return;
    const { port1, port2 } = new MessageChannelMain();
    const port = mainPort(port1);
    const served = opened.serve(port);
    closeConnection = port.close;
    command = (name) => served.emit('window.command', { command: name });
    window.webContents.postMessage('kernelscope:port', null, [port2]);
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, (name) => command(name))));

  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    void opened.close().finally(() => app.exit(0));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.quit());
  await window.loadURL(pageUrl);
  process.stdout.write(`${electronReady}\n`);
}

/** Copying is all that the window needs beyond its own page. */
function isAllowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

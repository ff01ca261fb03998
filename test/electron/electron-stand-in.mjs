/**
 * A stand-in for the module `electron`, as far as the shell uses it: no window is drawn. It loads the page's address, runs the
 * built preload script as a window would, and lets a test ask what was set up.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { MessageChannel } from 'node:worker_threads';

const record = { sandboxed: false, schemes: [], window: null, menu: null, quit: 0, errors: [], posted: [] };
let answerPage = null;
let pageContents = null;

export const app = Object.assign(new EventEmitter(), {
  enableSandbox: () => (record.sandboxed = true),
  whenReady: () => Promise.resolve(),
  quit() {
    record.quit++;
    app.emit('will-quit', { preventDefault: () => undefined });
  },
  exit: (code) => process.exit(code),
});

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => record.schemes.push(...schemes),
  handle: (_scheme, answer) => (answerPage = answer),
};

let decidePermission = null;
let checkPermission = null;
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (decide) => (decidePermission = decide),
    setPermissionCheckHandler: (check) => (checkPermission = check),
  },
};

export const dialog = { showErrorBox: (title, text) => process.send?.({ kind: 'error-box', title, text }) };

export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (template) => (record.menu = template),
};

/** A main-side port: Node's, with the events of Electron's. */
class MessagePortMain extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
    port.on('message', (data) => this.emit('message', { data, ports: [] }));
    port.on('close', () => this.emit('close'));
  }
  start() {
    this.port.start();
  }
  postMessage(message) {
    this.port.postMessage(message);
  }
  close() {
    this.port.close();
  }
}

export class MessageChannelMain {
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = port2;
  }
}

class WebContents extends EventEmitter {
  setWindowOpenHandler(handler) {
    this.openHandler = handler;
  }
  getURL() {
    return this.url;
  }
  postMessage(channel, message, ports) {
    this.ipc.emit(channel, { ports }, message);
  }
}

export class BrowserWindow extends EventEmitter {
  constructor(options) {
    super();
    record.window = options;
    this.webContents = new WebContents();
    pageContents = this.webContents;
    app.emit('web-contents-created', {}, this.webContents);
  }
  show() {}
  async loadURL(url) {
    const { webContents } = this;
    webContents.url = url;
    webContents.ipc = new EventEmitter();
    runPreload(record.window.webPreferences.preload, webContents.ipc);
    webContents.emit('did-finish-load');
  }
}

/** As in a sandboxed window: `require` gives electron and nothing else. */
function runPreload(path, ipcRenderer) {
  const page = {
    postMessage(message, targetOrigin, ports) {
      record.posted.push({ message, targetOrigin, ports: ports.length });
      currentPort = ports[0];
      currentPort.on('message', (data) => process.send?.({ kind: 'rpc', data }));
    },
  };
  runInNewContext(readFileSync(path, 'utf8'), {
    window: page,
    require(name) {
      if (name !== 'electron') throw new Error(`a sandboxed preload script can't require ${name}`);
      return { ipcRenderer };
    },
    module: { exports: {} },
    exports: {},
  });
}

let currentPort = null;

/** What a test may ask, by messages to this process. */
const answers = {
  rpc: (data) => currentPort.postMessage(data),
  async page(url) {
    const answer = await answerPage(new Request(url));
    const headers = Object.fromEntries(answer.headers);
    return { status: answer.status, headers, body: await answer.text() };
  },
  navigate(event) {
    let prevented = false;
    pageContents.emit(event, { preventDefault: () => (prevented = true) });
    return prevented;
  },
  open: (url) => pageContents.openHandler({ url }),
  async permission(name) {
    const asked = await new Promise((resolve) => decidePermission(pageContents, name, resolve));
    return { asked, checked: checkPermission(pageContents, name) };
  },
  menu(label) {
    const items = record.menu.flatMap((item) => item.submenu ?? []);
    items.find((item) => item.label === label).click();
  },
  reload() {
    pageContents.emit('did-finish-load');
  },
  record: () => ({ ...record, menu: undefined }),
};

process.on('message', async ({ id, ask, value }) => {
  process.send({ kind: 'answer', id, value: await answers[ask](value) });
});

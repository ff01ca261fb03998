/**
 * Hands the window the port to its host, and nothing else. It runs before the page, in a sandbox: it is kept to what can be
 * read at a glance.
 */
import { ipcRenderer } from 'electron';

/** The page's own, of which this is all that is needed here. */
declare const window: {
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

ipcRenderer.on('kernelscope:port', (event) => {
  window.postMessage({ type: 'kernelscope:port' }, '*', event.ports);
});

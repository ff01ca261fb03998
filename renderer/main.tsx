/** Where the window starts: makes the connection and the store, and paints the shell before anything has answered. */
import '@vscode/codicons/dist/codicon.css';
import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { assert } from '../core/base/result';
import { App } from './app/App';
import { browserClock } from './app/clock';
import { createConnection } from './app/connection';
import { connectStore } from './app/connect-store';
import { followSystemTheme } from './app/follow-system-theme';
import { portOpener } from './app/open-port';
import { loadMonaco } from './editor/load-monaco';
import { createStudioStore } from './store/studio';

// On their way while the host is asked how the window was left.
void Promise.allSettled([import('./app/Dock'), loadMonaco()]);

const client = createConnection({ openPort: portOpener(window), clock: browserClock });
const store = createStudioStore({ client, clock: browserClock });
connectStore(client, store);
followSystemTheme(store);
window.addEventListener('pagehide', () => store.getState().flushDrafts());

const root = document.querySelector('#root');
assert(root !== null, 'the page has a place for the window');
createRoot(root).render(<App studio={{ client, store }} />);

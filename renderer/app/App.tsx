/** The window: activity bar, dock and status bar, and what comes and goes above them. */
import { Suspense, lazy, useEffect } from 'react';
import { type Studio, StudioProvider, useStudio } from '../store/context';
import { ActivityBar } from './ActivityBar';
import { Banner } from './Banner';
import { CloseDialog } from './CloseDialog';
import { Notices } from './Notices';
import { StatusBar } from './StatusBar';
import { bindKeys } from './bind-keys';
import { useRestored } from './use-restored';
import './app.css';

const Dock = lazy(() => import('./Dock').then(({ Dock }) => ({ default: Dock })));
const CommandPalette = lazy(() =>
  import('./CommandPalette').then(({ CommandPalette }) => ({ default: CommandPalette })),
);
const KeyHelp = lazy(() => import('./KeyHelp').then(({ KeyHelp }) => ({ default: KeyHelp })));

export function App({ studio }: { studio: Studio }) {
  useEffect(() => bindKeys(window, studio), [studio]);
  return (
    <StudioProvider studio={studio}>
      <Banner />
      <div className="window">
        <ActivityBar />
        <main className="window-main">
          <Workbench />
        </main>
      </div>
      <StatusBar />
      <Notices />
      <CloseDialog />
      <Overlays />
    </StudioProvider>
  );
}

/** The dock, once it is known how it was left. */
function Workbench() {
  const restored = useRestored();
  return <Suspense fallback={null}>{restored !== null && <Dock initialLayout={restored.layout} />}</Suspense>;
}

function Overlays() {
  const overlay = useStudio((state) => state.overlay);
  return (
    <Suspense fallback={null}>
      {(overlay === 'commands' || overlay === 'files') && <CommandPalette key={overlay} kind={overlay} />}
      {overlay === 'keys' && <KeyHelp />}
    </Suspense>
  );
}

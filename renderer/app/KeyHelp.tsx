/** Every key there is, from what the commands and panels tell about themselves. */
import { allPanels } from '../panels/all';
import type { LocalKey } from '../panels/panel-meta';
import { useActions } from '../store/context';
import { Dialog } from '../ui/Dialog';
import { IconButton } from '../ui/IconButton';
import { isMac, keysToText } from '../ui/keys';
import { allCommands } from './commands';

export function KeyHelp() {
  const { setOverlay } = useActions();
  const everywhere = allCommands.flatMap(({ title, keys }) =>
    keys === undefined ? [] : [{ keys, does: title }],
  );
  return (
    <Dialog label="Keys" onClose={() => setOverlay(null)} className="key-help">
      <header>
        <h2>Keys</h2>
        <IconButton icon="close" label="Close" keys="Escape" onClick={() => setOverlay(null)} />
      </header>
      <div className="key-columns">
        <KeyList title="Everywhere" keys={everywhere} />
        {allPanels
          .filter(({ localKeys }) => localKeys.length > 0)
          .map(({ id, title, localKeys }) => (
            <KeyList key={id} title={`In ${title}`} keys={localKeys} />
          ))}
      </div>
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: readonly LocalKey[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(({ keys: pressed, does }) => (
          <div key={`${pressed} ${does}`}>
            <dt>
              <kbd>{keysToText(pressed, isMac())}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

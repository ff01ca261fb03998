/** One field for everything: all commands by their words, all files by their names. */
import { Command } from 'cmdk';
import { useEffect, useState } from 'react';
import { useActions, useStudioContext } from '../store/context';
import { folderOf, nameOf } from '../store/paths';
import { Dialog } from '../ui/Dialog';
import { FileIcon } from '../ui/FileIcon';
import { isMac, keysToText } from '../ui/keys';
import { allCommands } from './commands';
import { type FoundFiles, findFiles } from './find-files';

export function CommandPalette({ kind }: { kind: 'commands' | 'files' }) {
  const { setOverlay } = useActions();
  const label = kind === 'commands' ? 'All commands' : 'Go to file';
  return (
    <Dialog label={label} onClose={() => setOverlay(null)} className="palette">
      <Command label={label} loop>
        <Command.Input
          data-autofocus
          placeholder={kind === 'commands' ? 'What do you want to do?' : 'Which file?'}
        />
        <Command.List>
          <Command.Empty>
            {kind === 'commands' ? 'No command has this name.' : 'No file has this name.'}
          </Command.Empty>
          {kind === 'commands' ? <CommandItems /> : <FileItems />}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function CommandItems() {
  const studio = useStudioContext();
  const { setOverlay } = useActions();
  return allCommands
    .filter(({ id }) => id !== 'palette.open')
    .map(({ id, title, keys, run }) => (
      <Command.Item
        key={id}
        value={title}
        onSelect={() => {
          setOverlay(null);
          // After the palette has given the keyboard back.
          requestAnimationFrame(() => run(studio));
        }}
      >
        <span>{title}</span>
        {keys !== undefined && <kbd>{keysToText(keys, isMac())}</kbd>}
      </Command.Item>
    ));
}

function FileItems() {
  const { client } = useStudioContext();
  const { setOverlay, openDocument } = useActions();
  const [found, setFound] = useState<FoundFiles>({ paths: [], complete: true });
  useEffect(() => {
    const search = new AbortController();
    void findFiles(client, setFound, search.signal);
    return () => search.abort();
  }, [client]);
  return (
    <>
      {found.paths.map((path) => (
        <Command.Item
          key={path}
          value={path}
          onSelect={() => {
            setOverlay(null);
            requestAnimationFrame(() => openDocument(path));
          }}
        >
          <FileIcon path={path} />
          <span>{nameOf(path)}</span>
          <span className="palette-folder">{folderOf(path)}</span>
        </Command.Item>
      ))}
      {!found.complete && (
        <div className="palette-note">
          Only the first {found.paths.length.toLocaleString('en')} files are listed.
        </div>
      )}
    </>
  );
}

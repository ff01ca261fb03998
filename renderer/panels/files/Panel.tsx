/** The workspace's files. Folders are read when they are opened, and again when something changes in them. */
import { type KeyboardEvent, useEffect, useState } from 'react';
import type { FileEntry } from '../../../core/studio/protocol/workspace';
import { type NodeRow, TreeView } from '../../lists/TreeView';
import { useActions, useStudio } from '../../store/context';
import type { FileKind } from '../../store/file-tree';
import { folderOf, foldersOf, joinPath } from '../../store/paths';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { Menu, type MenuItem, type MenuPlace } from '../../ui/Menu';
import { FileLine } from './FileLine';
import { NameField } from './NameField';
import { useFileTree } from './use-file-tree';
import './files.css';

interface Creating {
  readonly kind: FileKind;
  readonly folder: string;
}

export default function FilesPanel() {
  const tree = useFileTree();
  const workspace = useStudio((state) => state.workspace?.name ?? '');
  const wish = useStudio((state) => state.newFileWish);
  const { openDocument, createFile, renameFile, removeFile } = useActions();
  const shown = useStudio((state) => state.activeDocument);
  const [activePath, setActivePath] = useState<string | null>(null);
  const [lastShown, setLastShown] = useState<string | null>(null);
  const [creating, setCreating] = useState<Creating | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ place: MenuPlace; entry: FileEntry | null } | null>(null);
  const [servedWish, setServedWish] = useState(0);

  // The tree follows the document in front.
  if (shown !== lastShown) {
    setLastShown(shown);
    if (shown !== null) setActivePath(shown);
  }
  useEffect(() => {
    if (shown !== null) for (const folder of foldersOf(shown)) tree.setExpanded(folder, true);
  }, [shown, tree]);

  const activeIndex = activePath === null ? null : tree.indexOf(activePath);
  const activeRow = activeIndex === null ? undefined : tree.row(activeIndex);
  const active = activeRow?.kind === 'node' ? activeRow.node : null;

  const folderFor = (entry: FileEntry | null): string =>
    entry === null ? '' : entry.kind === 'folder' ? entry.path : folderOf(entry.path);
  const create = (kind: FileKind, entry = active): void => setCreating({ kind, folder: folderFor(entry) });

  if (wish !== null && wish.serial !== servedWish) {
    setServedWish(wish.serial);
    create(wish.kind);
  }

  useEffect(() => {
    if (creating !== null && creating.folder !== '') tree.setExpanded(creating.folder, true);
  }, [creating, tree]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (active === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'F2') setRenaming(active.path);
    else if (event.key === 'Delete') void removeFile(active.path);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      setMenu({ place: placeOfActiveRow(event.currentTarget), entry: active });
    else return;
    event.preventDefault();
  };

  const menuItems = (entry: FileEntry | null): readonly MenuItem[] => [
    { label: 'New file…', icon: 'new-file', run: () => create('file', entry) },
    { label: 'New folder…', icon: 'new-folder', run: () => create('folder', entry) },
    ...(entry === null
      ? []
      : [
          { label: 'Rename…', icon: 'edit', keys: 'F2', run: () => setRenaming(entry.path) },
          { label: 'Delete', icon: 'trash', keys: 'Delete', run: () => void removeFile(entry.path) },
          {
            label: 'Copy path',
            icon: 'copy',
            run: () => void navigator.clipboard.writeText(entry.path),
          },
        ]),
  ];

  const renderNode = ({ node, expanded }: NodeRow<FileEntry>) =>
    renaming === node.path ? (
      <NameField
        label={`New name of ${node.name}`}
        initial={node.name}
        onName={(name) => renameFile(node.path, joinPath(folderOf(node.path), name))}
        onDone={() => setRenaming(null)}
      />
    ) : (
      <FileLine entry={node} expanded={expanded} />
    );

  return (
    <div className="files">
      <header className="panel-head">
        <span className="panel-head-title">{workspace}</span>
        <IconButton icon="new-file" label="New file" onClick={() => create('file')} />
        <IconButton icon="new-folder" label="New folder" onClick={() => create('folder')} />
        <IconButton icon="refresh" label="Read the folders again" onClick={() => tree.refresh()} />
      </header>
      {creating !== null && (
        <div className="files-creating">
          <span className="files-folder">{creating.folder === '' ? '' : `${creating.folder}/`}</span>
          <NameField
            key={`${creating.kind} ${creating.folder}`}
            label={`Name of the new ${creating.kind}`}
            initial=""
            onName={(name) => createFile(joinPath(creating.folder, name), creating.kind)}
            onDone={() => setCreating(null)}
          />
        </div>
      )}
      <div
        className="files-tree"
        onContextMenu={(event) => {
          event.preventDefault();
          setMenu({ place: { x: event.clientX, y: event.clientY }, entry: null });
        }}
      >
        <TreeView
          tree={tree}
          label="Files"
          active={activePath}
          onActive={({ key }) => setActivePath(key)}
          onClick={({ node }) => {
            if (node.kind === 'file') openDocument(node.path, false);
          }}
          onOpen={({ node }) => openDocument(node.path)}
          onContextMenu={({ node }, event) => {
            event.preventDefault();
            event.stopPropagation();
            setActivePath(node.path);
            setMenu({ place: { x: event.clientX, y: event.clientY }, entry: node });
          }}
          onKeyDown={onKeyDown}
          renderNode={renderNode}
          empty={
            <EmptyState icon="new-file" title="An empty workspace">
              <span>
                Begin with a contract: a file that ends with .ts is AssemblyScript, .js is JavaScript, .wat is
                text of wasm.
              </span>
              <Button icon="new-file" onClick={() => create('file')}>
                New file
              </Button>
            </EmptyState>
          }
        />
      </div>
      {menu !== null && (
        <Menu
          label={menu.entry?.name ?? 'Files'}
          place={menu.place}
          items={menuItems(menu.entry)}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

function placeOfActiveRow(list: Element): MenuPlace {
  const box = (list.querySelector('.is-active') ?? list).getBoundingClientRect();
  return { x: box.left + 40, y: box.bottom };
}

import type { FileEntry } from '../../../core/studio/protocol/workspace';
import { useStudio } from '../../store/context';
import { isInFolder } from '../../store/paths';
import { FileIcon } from '../../ui/FileIcon';
import { Icon } from '../../ui/Icon';

/** A file or folder in its row; those with errors in them stand out. */
export function FileLine({ entry, expanded }: { entry: FileEntry; expanded: boolean }) {
  const { path, name, kind } = entry;
  const dirty = useStudio((state) => state.documents[path]?.dirty ?? false);
  const errors = useStudio(({ problemsByFile }) =>
    Object.entries(problemsByFile).reduce(
      (count, [file, problems]) =>
        isInFolder(file, path)
          ? count + problems.filter(({ severity }) => severity === 'error').length
          : count,
      0,
    ),
  );
  return (
    <span className={`file-line${errors > 0 ? ' has-errors' : ''}`} title={path}>
      {kind === 'folder' ? <Icon name={expanded ? 'folder-opened' : 'folder'} /> : <FileIcon path={path} />}
      <span className="file-name">{name}</span>
      {dirty && <span className="file-dot" title="Not saved" />}
      {errors > 0 && <span className="file-errors">{kind === 'folder' ? '•' : errors}</span>}
    </span>
  );
}

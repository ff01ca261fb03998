import { EmptyState } from '../../ui/EmptyState';

export default function FilesPanel() {
  return <EmptyState icon="files" title="Nothing here yet" />;
}

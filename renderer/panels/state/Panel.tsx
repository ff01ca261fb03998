import { EmptyState } from '../../ui/EmptyState';

export default function StatePanel() {
  return <EmptyState icon="list-tree" title="Nothing here yet" />;
}

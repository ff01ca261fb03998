import { EmptyState } from '../../ui/EmptyState';

export default function KernelsPanel() {
  return <EmptyState icon="type-hierarchy" title="Nothing here yet" />;
}

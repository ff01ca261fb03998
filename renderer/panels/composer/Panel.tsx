import { EmptyState } from '../../ui/EmptyState';

export default function ComposerPanel() {
  return <EmptyState icon="rocket" title="Nothing here yet" />;
}

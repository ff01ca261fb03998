import { EmptyState } from '../../ui/EmptyState';

export default function InspectorPanel() {
  return <EmptyState icon="inspect" title="Nothing here yet" />;
}

import { EmptyState } from '../../ui/EmptyState';

export default function ProblemsPanel() {
  return <EmptyState icon="warning" title="Nothing here yet" />;
}

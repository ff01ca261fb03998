import { EmptyState } from '../../ui/EmptyState';

export default function TimelinePanel() {
  return <EmptyState icon="git-commit" title="Nothing here yet" />;
}

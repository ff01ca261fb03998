import type { ReactNode } from 'react';
import { Icon } from './Icon';
import './ui.css';

interface EmptyStateProps {
  readonly icon: string;
  readonly title: string;
  /** What to do next: words, and buttons when there is something to press. */
  readonly children?: ReactNode;
}

/** Stands where there is nothing to show yet, and says how to come to something. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <Icon name={icon} className="empty-icon" />
      <div className="empty-title">{title}</div>
      {children !== undefined && <div className="empty-words">{children}</div>}
    </div>
  );
}

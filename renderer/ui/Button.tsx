import type { ReactNode } from 'react';
import { Icon } from './Icon';
import { withKeys } from './keys';
import './ui.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** The one thing to do here, a way out, or something that destroys. */
  readonly kind?: 'primary' | 'plain' | 'danger';
  readonly icon?: string;
  readonly disabled?: boolean;
  readonly title?: string;
  readonly keys?: string;
  readonly type?: 'button' | 'submit';
}

export function Button(props: ButtonProps) {
  const { children, onClick, kind = 'plain', icon, disabled = false, title, keys, type = 'button' } = props;
  return (
    <button
      type={type}
      className={`button button-${kind}`}
      disabled={disabled}
      onClick={onClick}
      title={title === undefined && keys === undefined ? undefined : withKeys(title ?? '', keys).trim()}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

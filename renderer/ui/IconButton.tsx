import { Icon } from './Icon';
import { withKeys } from './keys';
import './ui.css';

interface IconButtonProps {
  readonly icon: string;
  /** Its name, in the tooltip and for those who don't see the icon. */
  readonly label: string;
  readonly onClick: () => void;
  readonly keys?: string;
  readonly disabled?: boolean;
  /** For buttons that stay down. */
  readonly pressed?: boolean;
}

export function IconButton({ icon, label, onClick, keys, disabled = false, pressed }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-pressed={pressed}
      title={withKeys(label, keys)}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

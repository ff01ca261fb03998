import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Icon } from './Icon';
import { isMac, keysToText } from './keys';
import './ui.css';

export interface MenuItem {
  readonly label: string;
  readonly icon?: string;
  /** Shown beside it; the menu doesn't listen for them. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** In pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface MenuProps {
  readonly label: string;
  readonly place: MenuPlace;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/** A context menu. Arrow keys move, Enter chooses, Escape and a click elsewhere close it. */
export function Menu({ label, place, items, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const [shift, setShift] = useState<MenuPlace>({ x: 0, y: 0 });

  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    if (box === undefined) return;
    // Back into the window where it would stick out.
    setShift({
      x: Math.min(0, window.innerWidth - place.x - box.width - 4),
      y: Math.min(0, window.innerHeight - place.y - box.height - 4),
    });
  }, [place]);

  useEffect(() => {
    const before = document.activeElement;
    menu.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(menu.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return createPortal(
    <div
      className="menu-back"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div
        ref={menu}
        role="menu"
        aria-label={label}
        className="menu"
        style={{ left: place.x + shift.x, top: place.y + shift.y }}
        onKeyDown={onKeyDown}
      >
        {items.map(({ label: words, icon, keys, disabled = false, run }) => (
          <button
            key={words}
            type="button"
            role="menuitem"
            disabled={disabled}
            onClick={() => {
              onClose();
              run();
            }}
          >
            {icon !== undefined && <Icon name={icon} />}
            <span>{words}</span>
            {keys !== undefined && <kbd>{keysToText(keys, isMac())}</kbd>}
          </button>
        ))}
      </div>
    </div>,
    document.body,
  );
}

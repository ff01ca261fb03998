/** A codicon. It says nothing by itself: what it stands beside or on carries the words. */
export function Icon({ name, className = '' }: { name: string; className?: string }) {
  return <span className={`codicon codicon-${name} ${className}`} aria-hidden />;
}

import './ui.css';

/** A thin bar at the top edge of what is loading. It shows late, so that what is quick doesn't flicker. */
export function Progress({ label }: { label: string }) {
  return <div className="progress" role="progressbar" aria-label={label} />;
}

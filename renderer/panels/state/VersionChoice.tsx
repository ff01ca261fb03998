/** Which version of the state is shown: that of now, or around the selected message. */
export type Version = 'now' | 'before' | 'after';

interface VersionChoiceProps {
  readonly version: Version;
  readonly receipt: number | null;
  readonly onChange: (version: Version) => void;
}

export function VersionChoice({ version, receipt, onChange }: VersionChoiceProps) {
  const titles = { before: `Before #${receipt ?? ''}`, after: `After #${receipt ?? ''}`, now: 'Now' };
  const offered: readonly Version[] = receipt === null ? ['now'] : ['before', 'after', 'now'];
  return (
    <div className="data-views" role="group" aria-label="Version of the state">
      {offered.map((each) => (
        <button key={each} type="button" aria-pressed={each === version} onClick={() => onChange(each)}>
          {titles[each]}
        </button>
      ))}
    </div>
  );
}

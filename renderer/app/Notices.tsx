import { useActions, useStudio } from '../store/context';
import type { Notice } from '../store/notices';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/IconButton';
import { toSentence } from '../ui/sentence';

/** Short words in the corner, the latest at the bottom. */
export function Notices() {
  const notices = useStudio((state) => state.notices);
  return (
    <div className="notices" role="log" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

const icons = { info: 'info', success: 'pass', warning: 'warning', error: 'error' } as const;

function NoticeCard({ notice: { id, kind, text, detail, actions = [] } }: { notice: Notice }) {
  const { dismissNotice } = useActions();
  return (
    <div className={`notice notice-${kind}`}>
      <Icon name={icons[kind]} />
      <div className="notice-words selectable">
        <div>{text}</div>
        {detail !== undefined && <div className="notice-detail">{toSentence(detail)}</div>}
        {actions.length > 0 && (
          <div className="notice-actions">
            {actions.map(({ label, run }) => (
              <Button
                key={label}
                onClick={() => {
                  dismissNotice(id);
                  run();
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        )}
      </div>
      <IconButton icon="close" label="Dismiss" onClick={() => dismissNotice(id)} />
    </div>
  );
}

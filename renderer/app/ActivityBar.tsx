import { allPanels } from '../panels/all';
import { useActions, useStudio } from '../store/context';
import { countProblems } from '../store/problems';
import { currentTheme } from '../store/theme';
import { Icon } from '../ui/Icon';
import { withKeys } from '../ui/keys';

/** Every panel at one click. */
export function ActivityBar() {
  const { showPanel, setOverlay, chooseTheme } = useActions();
  const theme = useStudio(currentTheme);
  const errors = useStudio((state) => countProblems(state).errors);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <nav className="activity-bar" aria-label="Panels">
      {allPanels.map(({ id, title, icon, keys }) => (
        <Activity key={id} icon={icon} label={title} keys={keys} onClick={() => showPanel(id)}>
          {id === 'problems' && errors > 0 && <span className="activity-badge">{errors}</span>}
        </Activity>
      ))}
      <span className="activity-gap" />
      <Activity icon="keyboard" label="Keys" keys="$mod+Shift+Slash" onClick={() => setOverlay('keys')} />
      <Activity icon="color-mode" label={`Use the ${other} theme`} onClick={() => chooseTheme(other)} />
    </nav>
  );
}

interface ActivityProps {
  readonly icon: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly onClick: () => void;
  readonly children?: React.ReactNode;
}

function Activity({ icon, label, keys, onClick, children }: ActivityProps) {
  return (
    <button
      type="button"
      className="activity"
      aria-label={label}
      title={withKeys(label, keys)}
      onClick={onClick}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}

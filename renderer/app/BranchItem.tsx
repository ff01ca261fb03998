/** The branch that is worked on, and a menu of those that could be. */
import { useState } from 'react';
import { pageSize } from '../../core/studio/protocol/declare';
import { useActions, useClient, useStudio } from '../store/context';
import { Icon } from '../ui/Icon';
import { Menu, type MenuItem, type MenuPlace } from '../ui/Menu';

export function BranchItem() {
  const client = useClient();
  const branch = useStudio(({ world }) => world?.branch ?? '');
  const { switchBranch, notifyFault } = useActions();
  const [menu, setMenu] = useState<{ readonly place: MenuPlace; readonly items: readonly MenuItem[] } | null>(
    null,
  );
  const open = async (place: MenuPlace): Promise<void> => {
    const page = await client.call('branch.list', { start: 0, count: pageSize });
    if (!page.ok) {
      notifyFault('The branches could not be listed', page.error);
      return;
    }
    const { rows, total } = page.value;
    const items = rows.map(({ name, length, current }) => ({
      label: `${name} · ${length.toLocaleString('en')} ${length === 1 ? 'receipt' : 'receipts'}`,
      icon: current ? 'check' : 'git-branch',
      run: () => void switchBranch(name),
    }));
    const more = total - rows.length;
    const rest = {
      label: `and ${more} more: kernelscope branch list`,
      disabled: true,
      run: () => undefined,
    };
    setMenu({ place, items: more > 0 ? [...items, rest] : items });
  };
  return (
    <>
      <button
        type="button"
        className="status-item"
        title="The branch that is worked on: choose another one"
        aria-label={`Branch ${branch}`}
        onClick={({ currentTarget }) => {
          const { left, top } = currentTarget.getBoundingClientRect();
          void open({ x: left, y: top });
        }}
      >
        <Icon name="git-branch" /> {branch}
      </button>
      {menu !== null && <Menu label="Branches" {...menu} onClose={() => setMenu(null)} />}
    </>
  );
}

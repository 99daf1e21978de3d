import { Tag } from 'antd';
import { useSession } from '../api/session.tsx';

const colors: Record<string, string> = { draft: 'default', waiting: 'gold', active: 'blue', done: 'green', void: 'red' };

/** The state of a document by its name, in the colour of what it means. */
export function StateTag({ type, state }: { type: string; state: string | null | undefined }) {
  const session = useSession();
  if (!state) return null;
  const look = session.definitionOf(type)?.states?.[state]?.look ?? 'draft';
  return (
    <Tag color={colors[look] ?? 'default'} variant="filled" className={look === 'void' ? 'tp-void' : undefined}>
      {session.stateLabel(type, state)}
    </Tag>
  );
}

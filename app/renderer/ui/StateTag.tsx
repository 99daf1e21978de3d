import { useSession } from '../api/session.tsx';

/** The state of a document by its name, in the colour of what it means. */
export function StateTag({ type, state }: { type: string; state: string | null | undefined }) {
  const session = useSession();
  if (!state) return null;
  const look = session.definitionOf(type)?.states?.[state]?.look ?? 'draft';
  return <span className={`tp-state tp-state-${look}`}>{session.stateLabel(type, state)}</span>;
}

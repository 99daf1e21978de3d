import type { ImportAnswer } from '../../../shared/exchange/importAnswers.ts';
import { useSession } from '../api/session.tsx';

/** What a target is called: the field's own name, with the name of its record where it is another one's. */
export function useTargetLabel(answer: Pick<ImportAnswer, 'type' | 'targets'>): (target: string) => string {
  const session = useSession();
  return (target) => {
    const found = answer.targets.find((one) => one.target === target);
    const named = /^(\w+)\[(.+)\]$/.exec(target);
    if (!found && named) return `${session.partLabel(answer.type, named[1] ?? '')}: ${named[2]}`;
    if (!found) return target;
    const label = session.fieldLabel(found.type, found.path);
    return found.type === answer.type ? label : `${session.typeLabel(found.type)} · ${label}`;
  };
}

import type { Session } from '../../api/session.tsx';

/** Whether the person keeps others, all or those of a department, and may ask why they see what they see. */
export const keepsPeople = (session: Session): boolean => session.hasRight('users.manage') || session.hasRight('people.delegate');

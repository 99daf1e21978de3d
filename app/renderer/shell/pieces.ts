import type { ComponentType } from 'react';

/**
 * Pieces of the program that are fetched when they are needed first. Whoever stands at the door waits for none of them; while name and
 * password are typed they come in the order in which they will be asked for.
 */
export const pieces = {
  shell: async (): Promise<{ default: ComponentType }> => {
    const [{ Shell }, { registerPanels }] = await Promise.all([import('./Shell.tsx'), import('../pages/panels/register.ts')]);
    registerPanels();
    return { default: Shell };
  },
  home: async () => ({ Component: (await import('../pages/home/HomePage.tsx')).HomePage }),
  list: async () => ({ Component: (await import('../documents/list/ListPage.tsx')).ListPage }),
  record: async () => ({ Component: (await import('../documents/form/RecordPage.tsx')).RecordPage }),
};

/** Fetches what is behind the door, one piece after the other; what does not come now is asked for again when it is needed. */
export async function fetchAhead(): Promise<void> {
  for (const fetchPiece of Object.values(pieces)) await fetchPiece().catch(() => undefined);
}

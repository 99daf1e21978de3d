import { useEffect, useRef, useState } from 'react';
import { cellActions } from './cellActions.ts';
import type { GridScene } from './gridScene.ts';
import { lineActions } from './lineActions.ts';

export type GridActions = ReturnType<typeof cellActions> & ReturnType<typeof lineActions>;

/** Everything that can be done to the grid. The functions stay the same; each reads the scene as it is when it is called. */
export function useGridActions(scene: GridScene): GridActions {
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  });
  const [actions] = useState(() => {
    const read = () => latest.current;
    return { ...cellActions(read), ...lineActions(read) };
  });
  return actions;
}

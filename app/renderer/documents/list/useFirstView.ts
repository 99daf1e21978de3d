import { useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { SavedView } from '../../../../shared/contracts/trade.ts';
import { emptyView, type ListView } from './listView.ts';

interface FirstView {
  view: ListView;
  views: readonly SavedView[];
  show: (saved: SavedView) => void;
}

/** Shows the view that the address names (`?view=`), and where nobody has narrowed the list yet the one that the person's position begins with. */
export function useFirstView({ view, views, show }: FirstView): void {
  const [parameters, setParameters] = useSearchParams();
  const asked = Number(parameters.get('view')) || null;
  const isUntouched = view === emptyView && !parameters.has('filter');
  const wanted = views.find((one) => one.id === asked) ?? (asked === null && isUntouched ? views.find((one) => one.isDefault) : undefined);
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    if (!wanted) return;
    latest.current(wanted);
    // What the person changes afterwards must not be taken back by the address.
    if (asked !== null) setParameters({}, { replace: true });
  }, [wanted, asked, setParameters]);
}

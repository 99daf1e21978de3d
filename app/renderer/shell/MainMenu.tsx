import { useQuery } from '@tanstack/react-query';
import { Menu, type MenuProps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { api } from '../api/http.ts';
import { keys } from '../api/queries.ts';
import { usePreference } from '../ui/preference.ts';
import { tellWhatIsCut } from '../ui/tellWhatIsCut.ts';
import { type Area, useAreas } from './areas.tsx';
import { openAtFirst, placeOf } from './menuFolds.ts';

type MenuItems = NonNullable<MenuProps['items']>;

/**
 * Everything the person may go to, folded by area. Which areas stand open is kept per person; the area of the page that is
 * shown opens by itself and folds again when the person goes elsewhere, unless it was opened by hand.
 */
export function MainMenu({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useTranslation();
  const areas = useAreas();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const counts = useWaiting();
  const here = placeOf(pathname, areas);
  const folds = useFolds(areas, here?.area);
  useEffect(() => {
    if (here?.path !== undefined) document.querySelector('.tp-menu .ant-menu-item-selected')?.scrollIntoView({ block: 'nearest' });
  }, [here?.path]);
  const menu: MenuProps = {
    mode: 'inline',
    inlineIndent: 17,
    selectedKeys: here ? [here.path] : [],
    onClick: ({ key }) => void navigate(key),
  };
  const unfolded = isNarrow ? {} : { openKeys: folds.open, onOpenChange: folds.change };
  return (
    <nav aria-label={t('shell.menu')} className="tp-menu">
      <Menu key={isNarrow ? 'narrow' : 'wide'} {...menu} {...unfolded} items={itemsOf(areas.slice(0, -1), counts, folds.open)} />
      <Menu {...menu} items={itemsOf(areas.slice(-1), counts, [])} className="tp-menu-foot" />
    </nav>
  );
}

/** One entry alone needs no fold around it. */
function itemsOf(areas: readonly Area[], counts: Counts, open: readonly string[]): MenuItems {
  return areas.flatMap((area): MenuItems => {
    const countOf = (type: string | undefined): number => (type === undefined ? 0 : (counts[type] ?? 0));
    const entries = area.places.map(({ path, label, type }) => ({
      key: path,
      label: <Entry label={label} count={countOf(type)} />,
      onMouseEnter: tellWhole,
    }));
    if (area.places.length === 1) return area.places.map((place, index) => ({ ...entries[index], key: place.path, icon: place.icon }));
    const waiting = open.includes(area.key) ? 0 : area.places.reduce((sum, place) => sum + countOf(place.type), 0);
    return [{ key: area.key, icon: area.icon, label: <Entry label={area.label} count={waiting} />, children: entries }];
  });
}

/** A name too long for the menu is read whole at the entry it belongs to. */
const tellWhole = ({ domEvent }: { domEvent: { currentTarget: HTMLElement } }): void => {
  const label = domEvent.currentTarget.querySelector<HTMLElement>('.tp-menu-label');
  if (label) tellWhatIsCut(label);
};

const countShownMax = 99;

function Entry({ label, count }: { label: string; count: number }) {
  const { t } = useTranslation();
  return (
    <span className="tp-menu-entry">
      <span className="tp-menu-label">{label}</span>
      {count > 0 ? (
        <span className="tp-menu-count" title={t('shell.waiting', { count })}>
          {count > countShownMax ? `${countShownMax}+` : count}
        </span>
      ) : null}
    </span>
  );
}

type Counts = Readonly<Record<string, number>>;

/** What waits for this person's approval, by type. */
function useWaiting(): Counts {
  const waiting = useQuery({
    queryKey: [...keys.notices, 'waiting'],
    queryFn: ({ signal }) => api.get<Counts>('/api/waiting', { signal }),
    refetchInterval: 120_000,
  });
  return waiting.data ?? {};
}

function useFolds(areas: readonly Area[], here: string | undefined): { open: string[]; change: (open: string[]) => void } {
  const [kept, keep] = usePreference<string[] | null>('menuOpen', null);
  const [left, setLeft] = useState<string>();
  const chosen = kept ?? openAtFirst(areas);
  const visited = here !== undefined && here !== left ? [here] : [];
  const open = [...new Set([...chosen, ...visited])];
  const change = (next: string[]) => {
    const folded = open.find((key) => !next.includes(key));
    setLeft(folded === here ? folded : undefined);
    const isVisitOnly = (key: string) => key === here && !chosen.includes(key);
    keep(next.filter((key) => !isVisitOnly(key)));
  };
  return { open, change };
}

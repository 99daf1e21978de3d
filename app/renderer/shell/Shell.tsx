import { Alert, Layout, Menu, type MenuProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useLinkUp, useLiveChanges } from '../api/live.ts';
import { useSignIn } from '../api/session.tsx';
import { useDevicePreference } from '../ui/preference.ts';
import { type Area, useAreas } from './areas.tsx';
import { CommandSearch } from './CommandSearch.tsx';
import { HelpDrawer } from './HelpDrawer.tsx';
import { KeyCard } from './KeyCard.tsx';
import { TopBar } from './TopBar.tsx';
import { useShellKeys } from './useShellKeys.ts';
import { VersionBanner } from './VersionBanner.tsx';

/** The frame of all work: menu at the left, bar above, the page in the middle. */
export function Shell() {
  const { t } = useTranslation();
  const { leave } = useSignIn();
  const [isNarrow, setNarrow] = useDevicePreference('menuNarrow', false);
  const [overlay, setOverlay] = useState<'search' | 'keys' | 'help' | null>(null);
  const isLinkUp = useLinkUp();
  useLiveChanges(leave);
  useShellKeys({ onSearch: () => setOverlay('search'), onKeyCard: () => setOverlay('keys'), onHelp: () => setOverlay('help') });
  return (
    <Layout className="tp-shell">
      <TopBar
        isNarrow={isNarrow}
        onNarrow={() => setNarrow(!isNarrow)}
        onSearch={() => setOverlay('search')}
        onHelp={() => setOverlay('help')}
      />
      <VersionBanner />
      {isLinkUp ? null : <Alert banner type="warning" className="tp-banner" title={t('shell.linkDown')} role="status" />}
      <Layout>
        <Layout.Sider className="tp-sider" width={196} collapsedWidth={52} collapsed={isNarrow}>
          <MainMenu isNarrow={isNarrow} />
        </Layout.Sider>
        <Layout.Content className="tp-content" id="content">
          <Outlet />
        </Layout.Content>
      </Layout>
      {overlay === 'search' ? <CommandSearch onClose={() => setOverlay(null)} /> : null}
      {overlay === 'help' ? <HelpDrawer onClose={() => setOverlay(null)} onKeyCard={() => setOverlay('keys')} /> : null}
      {overlay === 'keys' ? <KeyCard onClose={() => setOverlay(null)} /> : null}
    </Layout>
  );
}

function MainMenu({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useTranslation();
  const areas = useAreas();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const places = areas.flatMap((area) => area.places);
  const here =
    places.find(({ path }) => path === placeOf(pathname)) ?? places.find(({ path }) => path !== '/' && pathname.startsWith(path));
  const itemsOf = (shown: Area[]): MenuProps['items'] =>
    shown.flatMap((area): NonNullable<MenuProps['items']> => {
      const entries = area.places.map((place) => ({ key: place.path, icon: place.icon, label: place.label }));
      return isNarrow || area.label === '' ? entries : [{ key: area.key, type: 'group' as const, label: area.label, children: entries }];
    });
  const menu: MenuProps = {
    mode: 'inline',
    inlineIndent: 14,
    selectedKeys: here ? [here.path] : [],
    onClick: ({ key }) => void navigate(key),
  };
  return (
    <nav aria-label={t('shell.menu')} className="tp-menu">
      <Menu {...menu} items={itemsOf(areas.slice(0, -1))} />
      <Menu {...menu} items={itemsOf(areas.slice(-1))} className="tp-menu-foot" />
    </nav>
  );
}

/** The list a record or an import belongs to. */
function placeOf(pathname: string): string {
  const type = /^\/(?:record|import|list)\/([^/]+)/.exec(pathname)?.[1];
  return type === undefined ? pathname : `/list/${type}`;
}

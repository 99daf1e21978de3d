import { Alert, Layout } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { useLinkUp, useLiveChanges } from '../api/live.ts';
import { useSession, useSignIn } from '../api/session.tsx';
import { useDevicePreference } from '../ui/preference.ts';
import { CommandSearch } from './CommandSearch.tsx';
import { HelpDrawer } from './HelpDrawer.tsx';
import { KeyCard } from './KeyCard.tsx';
import { MainMenu } from './MainMenu.tsx';
import { TopBar } from './TopBar.tsx';
import { useShellKeys } from './useShellKeys.ts';
import { VersionBanner } from './VersionBanner.tsx';
import { ViewingBand } from './ViewingBand.tsx';

/** The frame of all work: menu at the left, bar above, the page in the middle. */
export function Shell() {
  const { t } = useTranslation();
  const { leave } = useSignIn();
  const { company } = useSession();
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
      {company.practice ? <Alert banner type="warning" className="tp-banner" title={t('companies.band')} role="status" /> : null}
      <VersionBanner />
      <ViewingBand />
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

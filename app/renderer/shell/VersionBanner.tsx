import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { bridge } from '../api/bridge.ts';
import { useServerState } from '../api/serverState.ts';
import { isNewer, ownVersion } from './release.ts';

const askAgainMs = 10 * 60_000;

/** The server was updated while these screens were open: they still work, and the new ones are a press away. */
export function VersionBanner() {
  const { t } = useTranslation();
  const server = useServerState({ refetchEveryMs: askAgainMs }).data?.version;
  if (server === undefined || !isNewer(server, ownVersion())) return null;
  // The screens of the desktop client come with its installation, not from the server.
  const isDesktop = bridge() !== undefined;
  const facts = { server, own: ownVersion() };
  return (
    <Alert
      banner
      type="info"
      className="tp-banner"
      role="status"
      title={isDesktop ? t('shell.clientOld', facts) : t('shell.serverNewer', facts)}
      action={
        isDesktop ? null : (
          <Button size="small" type="primary" onClick={() => location.reload()}>
            {t('shell.reload')}
          </Button>
        )
      }
    />
  );
}

import { EyeOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../api/http.ts';
import { backToOwnDesk, useSession } from '../api/session.tsx';
import { formatInstant } from '../ui/format.ts';

/** Says in whose name the window looks, as long as it does, and ends it. */
export function ViewingBand() {
  const { t } = useTranslation();
  const { viewedBy, user, language, settings } = useSession();
  if (!viewedBy) return null;
  const stop = async () => {
    // Over it is in any case: without the server it lapses by itself.
    await api.del('/api/viewing').catch(() => undefined);
    backToOwnDesk();
  };
  const until = formatInstant(viewedBy.until, language, settings.timeZone);
  return (
    <Alert
      banner
      type="error"
      className="tp-banner tp-viewing"
      icon={<EyeOutlined />}
      role="status"
      title={t('people.viewing', { name: user.name, viewer: viewedBy.name, until })}
      action={
        <Button danger type="primary" size="small" onClick={() => void stop()}>
          {t('people.stopViewing')}
        </Button>
      }
    />
  );
}

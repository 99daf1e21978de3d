import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** Tells whoever may approve devices that some wait. */
export function DevicesHint({ count }: { count: number | undefined }) {
  const { t } = useTranslation();
  if (!count) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('devices.homeHint', { count })}
      action={<Link to="/settings/devices">{t('devices.homeOpen')}</Link>}
    />
  );
}

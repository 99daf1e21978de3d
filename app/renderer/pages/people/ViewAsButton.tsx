import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http.ts';
import { lookAs, useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';

/** Looks in somebody's name, after a question that says what comes of it. */
export function ViewAsButton({ user, name }: { user: number; name: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  if (!session.hasRight('people.viewAs') || session.viewedBy || session.user.id === user) return null;
  const begin = async () => {
    const isSure = await notices.ask({ title: t('people.viewAsTitle', { name }), text: t('people.viewAsText'), ok: t('people.viewAs') });
    if (!isSure) return;
    await api.post<{ token: string }>('/api/viewing', { user }).then(({ token }) => lookAs(token), notices.failed);
  };
  return (
    <Button icon={<EyeOutlined />} onClick={() => void begin()}>
      {t('people.viewAs')}
    </Button>
  );
}

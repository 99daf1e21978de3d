import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClientInstaller, ClientsAnswer } from '../../../../shared/contracts/clients.ts';
import { serverAddress } from '../../api/bridge.ts';
import { api } from '../../api/http.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { systemOf } from './systemOf.ts';

/** Where the desktop program is fetched: what fits this computer first, then the rest. */
export function DesktopPage() {
  const { t } = useTranslation();
  const asked = useQuery({ queryKey: ['clients'], queryFn: () => api.get<ClientsAnswer>('/api/clients') });
  const installers = asked.data?.installers ?? [];
  const system = systemOf(navigator.userAgent);
  const yours = installers.filter((one) => one.system === system);
  const others = installers.filter((one) => one.system !== system);
  return (
    <PageFrame title={t('clients.title')} loading={asked.isPending} problem={asked.error} onRetry={() => void asked.refetch()}>
      <p className="tp-muted">{t('clients.help')}</p>
      {asked.data && installers.length === 0 ? <EmptyState title={t('clients.none')} text={t('clients.noneHelp')} /> : null}
      <Flex vertical gap={16}>
        <Group title={t('clients.yours')} installers={yours} isMain />
        <Group title={t('clients.others')} installers={others} />
      </Flex>
    </PageFrame>
  );
}

function Group({ title, installers, isMain }: { title: string; installers: readonly ClientInstaller[]; isMain?: boolean }) {
  const { t } = useTranslation();
  if (installers.length === 0) return null;
  return (
    <Card title={title} size="small">
      <Flex vertical gap={12}>
        {installers.map(({ name, system, version, arch, kind, bytes }) => (
          <Flex key={name} align="center" gap={12} wrap="wrap">
            <Button
              type={isMain ? 'primary' : 'default'}
              icon={<DownloadOutlined />}
              href={`${serverAddress()}/clients/${encodeURIComponent(name)}`}
            >
              {t('clients.download')}
            </Button>
            <span>
              <strong>{t(`clients.systems.${system}`)}</strong> {arch} · {kind} · {t('clients.version')} {version} ·{' '}
              {(bytes / 1_000_000).toFixed(1)} MB
            </span>
          </Flex>
        ))}
      </Flex>
    </Card>
  );
}

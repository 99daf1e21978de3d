import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeviceLine, type DeviceMode, type DevicesAnswer, deviceModes } from '../../../../shared/contracts/devices.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { DeviceDialog } from './DeviceDialog.tsx';
import { DeviceModeDialog } from './DeviceModeDialog.tsx';
import { type DeviceDeed, deviceColumns } from './deviceColumns.tsx';

const devicesKey = ['devices'];

/** The devices that have signed in: which of them may come in, for whom and from where. */
export function DevicesPage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const fetchFile = useDownload();
  const [sought, setSought] = useState('');
  const [edited, setEdited] = useState<DeviceLine | null>(null);
  const [wanted, setWanted] = useState<DeviceMode | null>(null);
  const answer = useQuery({
    queryKey: devicesKey,
    queryFn: ({ signal }) => api.get<DevicesAnswer>('/api/devices', { signal }),
    refetchInterval: 5_000,
  });
  const take = (fresh: DevicesAnswer) => queryClient.setQueryData(devicesKey, fresh);
  const say = async (deed: Exclude<DeviceDeed, 'edit'>, { id, name, version }: DeviceLine) => {
    const isSure = await notices.ask({
      title: t(`devices.${deed}Ask`, { name }),
      text: t(`devices.${deed}Help`),
      ok: t(`devices.${deed}`),
      danger: true,
    });
    if (!isSure) return;
    try {
      const path = `/api/devices/${id}`;
      take(
        await (deed === 'block'
          ? api.put<DevicesAnswer>(`${path}/blocked`, { version })
          : api.del<DevicesAnswer>(`${path}?version=${version}`)),
      );
      notices.done(t(deed === 'block' ? 'devices.blocked' : 'devices.forgotten', { name }));
    } catch (thrown) {
      notices.failed(thrown);
      void answer.refetch();
    }
  };
  const act = (deed: DeviceDeed, line: DeviceLine) => (deed === 'edit' ? setEdited(line) : void say(deed, line));
  const mode = answer.data?.mode ?? 'never';
  return (
    <PageFrame
      fill
      title={t('devices.title')}
      problem={answer.data === undefined ? answer.error : null}
      onRetry={() => void answer.refetch()}
      actions={
        <Button
          icon={<DownloadOutlined />}
          onClick={() => void fetchFile(`/api/devices/workbook?language=${session.language}`, `${t('devices.title')}.xlsx`)}
        >
          {t('safety.exportExcel')}
        </Button>
      }
    >
      <p className="tp-faint">{t('devices.help')}</p>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <span>{t('devices.mode')}</span>
        <Select<DeviceMode>
          aria-label={t('devices.mode')}
          value={mode}
          disabled={answer.data === undefined}
          style={{ width: 160 }}
          options={deviceModes.map((value) => ({ value, label: t(`devices.modes.${value}`) }))}
          onChange={setWanted}
        />
        <span className="tp-faint">{t(`devices.modeHelp.${mode}`)}</span>
        <Input
          allowClear
          aria-label={t('devices.search')}
          placeholder={t('devices.search')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          style={{ width: 260, marginInlineStart: 'auto' }}
        />
      </Flex>
      <DataTable
        label={t('devices.title')}
        columns={deviceColumns(session, t, act)}
        rows={(answer.data?.rows ?? []).filter((line) => isSought(line, sought))}
        idOf={(row) => row.id}
        isLoading={answer.isPending}
        empty={t('devices.none')}
      />
      {edited ? <DeviceDialog key={edited.id} device={edited} onTake={take} onClose={() => setEdited(null)} /> : null}
      {wanted && answer.data ? <DeviceModeDialog mode={wanted} known={answer.data} onTake={take} onClose={() => setWanted(null)} /> : null}
    </PageFrame>
  );
}

function isSought({ name, userName, address, code }: DeviceLine, sought: string): boolean {
  const text = sought.trim().toLowerCase();
  return text === '' || [name, userName, address, code].some((word) => word?.toLowerCase().includes(text));
}

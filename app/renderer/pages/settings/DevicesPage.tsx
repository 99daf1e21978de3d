import { DownloadOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Select } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DeviceAnswer,
  type DeviceLine,
  type DeviceMode,
  type DeviceState,
  deviceModes,
  deviceStates,
} from '../../../../shared/contracts/devices.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useDownload } from '../../ui/useDownload.ts';
import { useEndless } from '../../ui/useEndless.ts';
import { useTyped } from '../../ui/useTyped.ts';
import { DeviceDialog } from './DeviceDialog.tsx';
import { DeviceModeDialog } from './DeviceModeDialog.tsx';
import { type DeviceDeed, deviceColumns } from './deviceColumns.tsx';
import { type DevicesView, showDevice, useDevices } from './useDevices.ts';

/** The devices that have signed in: which of them may come in, for whom and from where. */
export function DevicesPage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const fetchFile = useDownload();
  const [view, setView] = useState<DevicesView>({ text: '', state: null });
  const [edited, setEdited] = useState<DeviceLine | null>(null);
  const [wanted, setWanted] = useState<DeviceMode | null>(null);
  const { asked, check, list, rows } = useDevices(view);
  const onEnd = useEndless(list);
  const say = async (deed: Exclude<DeviceDeed, 'edit'>, { id, name, version }: DeviceLine) => {
    const isSure = await notices.ask({
      title: t(`devices.${deed}Ask`, { name }),
      text: t(`devices.${deed}Help`),
      ok: t(`devices.${deed}`),
      danger: true,
    });
    if (!isSure) return;
    try {
      if (deed === 'block') showDevice(id, (await api.put<DeviceAnswer>(`/api/devices/${id}/blocked`, { version })).row);
      else {
        await api.del(`/api/devices/${id}?version=${version}`);
        showDevice(id, null);
      }
      notices.done(t(deed === 'block' ? 'devices.blocked' : 'devices.forgotten', { name }));
    } catch (thrown) {
      notices.failed(thrown);
      void list.refetch();
    }
  };
  const act = (deed: DeviceDeed, line: DeviceLine) => (deed === 'edit' ? setEdited(line) : void say(deed, line));
  const isSought = asked !== '';
  return (
    <PageFrame
      fill
      title={t('devices.title')}
      problem={check.data && list.data ? null : (check.error ?? list.error)}
      onRetry={() => void Promise.all([check.refetch(), list.refetch()])}
      actions={
        <Button
          icon={<DownloadOutlined />}
          disabled={rows.length === 0}
          onClick={() => void fetchFile(`/api/devices/workbook?${asked}&language=${session.language}`, `${t('devices.title')}.xlsx`)}
        >
          {t('safety.exportExcel')}
        </Button>
      }
    >
      <p className="tp-faint tp-note">{t('devices.help')}</p>
      <Filters view={view} mode={check.data?.mode} onChange={(part) => setView((before) => ({ ...before, ...part }))} onMode={setWanted} />
      <DataTable
        label={t('devices.title')}
        columns={deviceColumns(session, t, act)}
        rows={rows}
        idOf={(row) => row.id}
        onEnd={onEnd}
        isLoading={list.isPending || list.isFetchingNextPage}
        empty={isSought ? t('list.noMatches') : t('devices.none')}
      />
      {edited ? <DeviceDialog key={edited.id} device={edited} onClose={() => setEdited(null)} /> : null}
      {wanted && check.data ? <DeviceModeDialog mode={wanted} known={check.data} onClose={() => setWanted(null)} /> : null}
    </PageFrame>
  );
}

function Filters(props: {
  view: DevicesView;
  mode: DeviceMode | undefined;
  onChange: (part: Partial<DevicesView>) => void;
  onMode: (mode: DeviceMode) => void;
}) {
  const { t } = useTranslation();
  const { view, mode = 'never', onChange } = props;
  const search = useCallback((text: string) => onChange({ text }), [onChange]);
  const typed = useTyped(view.text, search);
  return (
    <>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <span>{t('devices.mode')}</span>
        <Select<DeviceMode>
          aria-label={t('devices.mode')}
          value={mode}
          disabled={props.mode === undefined}
          style={{ width: 160 }}
          options={deviceModes.map((value) => ({ value, label: t(`devices.modes.${value}`) }))}
          onChange={props.onMode}
        />
        <span className="tp-faint">{t(`devices.modeHelp.${mode}`)}</span>
      </Flex>
      <Flex gap={8} wrap="wrap" align="center" className="tp-filters">
        <Select<DeviceState>
          allowClear
          aria-label={t('devices.state')}
          placeholder={t('devices.anyState')}
          value={view.state ?? undefined}
          options={deviceStates.map((value) => ({ value, label: t(`devices.states.${value}`) }))}
          onChange={(state) => onChange({ state: state ?? null })}
          style={{ width: 140 }}
        />
        <Input allowClear aria-label={t('devices.search')} placeholder={t('devices.search')} style={{ width: 260 }} {...typed} />
      </Flex>
    </>
  );
}

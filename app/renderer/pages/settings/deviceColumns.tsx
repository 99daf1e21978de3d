import { DeleteOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { browserOf } from '../../../../shared/contracts/browserOf.ts';
import type { DeviceLine } from '../../../../shared/contracts/devices.ts';
import type { Session } from '../../api/session.tsx';
import { formatInstant } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table/DataTable.tsx';

export type DeviceDeed = 'edit' | 'block' | 'forget';

const looks = {
  seen: 'tp-state',
  waiting: 'tp-state tp-state-waiting',
  approved: 'tp-state tp-state-done',
  blocked: 'tp-state tp-state-void',
};

/** The columns of the list of devices; `act` is told what is to be done with one. */
export function deviceColumns(
  session: Session,
  t: TFunction,
  act: (deed: DeviceDeed, line: DeviceLine) => void,
): TableColumn<DeviceLine>[] {
  const at = (instant: string | null) => (instant === null ? '' : formatInstant(instant, session.language, session.settings.timeZone));
  return [
    {
      key: 'state',
      title: t('devices.state'),
      widthPx: 124,
      render: (row) => (
        <>
          <span className={looks[row.state]}>{t(`devices.states.${row.state}`)}</span> {row.code ? <strong>{row.code}</strong> : null}
        </>
      ),
    },
    {
      key: 'name',
      title: t('devices.name'),
      widthPx: 160,
      grows: true,
      render: (row) => (
        <span title={`${row.name} · ${browserOf(row.userAgent)}`}>
          {row.doubt === null || row.doubt === 'approval' ? null : (
            <span className="tp-warning">{t(`devices.doubts.${row.doubt}`)} · </span>
          )}
          {row.name}
        </span>
      ),
    },
    { key: 'user', title: t('general.user'), widthPx: 86, render: (row) => row.userName },
    { key: 'address', title: t('settings.address'), widthPx: 112, render: (row) => row.address },
    { key: 'lastSeenAt', title: t('settings.lastSeenAt'), widthPx: 132, render: (row) => at(row.lastSeenAt) },
    {
      key: 'approved',
      title: t('devices.approvedBy'),
      widthPx: 102,
      render: (row) => <span title={at(row.approvedAt)}>{row.approvedBy}</span>,
    },
    { key: 'from', title: t('devices.from'), widthPx: 112, render: (row) => row.addresses?.join(' · ') ?? t('devices.anywhere') },
    {
      key: 'deeds',
      title: '',
      widthPx: 144,
      render: (row) => <Deeds row={row} act={act} t={t} />,
    },
  ];
}

function Deeds({ row, act, t }: { row: DeviceLine; act: (deed: DeviceDeed, line: DeviceLine) => void; t: TFunction }) {
  const small = (deed: 'block' | 'forget', icon: ReactNode) => (
    <Button
      size="small"
      type="text"
      danger
      icon={icon}
      aria-label={t(`devices.${deed}`)}
      title={t(`devices.${deed}`)}
      onClick={() => act(deed, row)}
    />
  );
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <Button size="small" type="link" onClick={() => act('edit', row)}>
        {row.state === 'approved' ? t('general.edit') : t('devices.approve')}
      </Button>
      {row.isOwn || row.state === 'blocked' ? null : small('block', <StopOutlined />)}
      {row.isOwn ? <span className="tp-faint">{t('devices.own')}</span> : small('forget', <DeleteOutlined />)}
    </span>
  );
}

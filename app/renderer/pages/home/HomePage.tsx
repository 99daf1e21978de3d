import { AlertOutlined, AuditOutlined, FileTextOutlined, PayCircleOutlined, PlusOutlined, SendOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { HomeAnswer } from '../../../../shared/contracts/trade.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { formatDay } from '../../ui/format.ts';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { BackupCard } from '../backups/BackupCard.tsx';
import { CardColumns } from './CardColumns.tsx';
import { DevicesHint } from './DevicesHint.tsx';
import { Figures } from './Figures.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { HomeCard } from './HomeCard.tsx';

/** What waits for me today; every entry opens its record. */
export function HomePage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const home = useQuery({ queryKey: keys.home, queryFn: ({ signal }) => api.get<HomeAnswer>('/api/home', { signal }) });
  const creatable = session.definitions.filter(
    (definition) =>
      definition.kind === 'document' &&
      definition.becomes !== undefined &&
      definition.operations.includes('create') &&
      definition.area === 'sales',
  );
  return (
    <PageFrame
      title={t('home.greeting', { name: session.user.name })}
      windowTitle={t('shell.home')}
      aside={<span className="tp-faint">{formatDay(session.settings.today, session.language)}</span>}
      problem={home.error}
      onRetry={() => void home.refetch()}
      actions={creatable.map(({ type }) => (
        <Button key={type} icon={<PlusOutlined />} onClick={() => void navigate(`/record/${type}/new`)}>
          {t('general.newType', { type: session.typeLabel(type) })}
        </Button>
      ))}
    >
      {home.data === undefined ? <Waiting /> : <Cards answer={home.data} />}
    </PageFrame>
  );
}

function Cards({ answer }: { answer: HomeAnswer }) {
  const { t } = useTranslation();
  const cards: { key: string; title: string; icon: ReactNode; list: HomeAnswer['quotations']; all?: string }[] = [
    { key: 'approvals', title: t('home.waiting'), icon: <AuditOutlined />, list: answer.approvals },
    {
      key: 'toShip',
      title: t('home.toShip'),
      icon: <SendOutlined />,
      list: answer.toShip,
      all: listOf('salesOrder', { field: 'deliveryState', is: 'in', value: ['none', 'part'] }, ['approved']),
    },
    { key: 'receivables', title: t('home.overdue'), icon: <PayCircleOutlined />, list: answer.receivables, all: '/receivables' },
    { key: 'quotations', title: t('home.openQuotations'), icon: <FileTextOutlined />, list: answer.quotations, all: '/list/quotation' },
    { key: 'lowStock', title: t('home.lowStock'), icon: <AlertOutlined />, list: answer.lowStock, all: '/stock-limits' },
  ];
  const known = cards.filter((card) => card.list !== undefined);
  const shown = [...known.filter((card) => card.list?.count !== 0), ...known.filter((card) => card.list?.count === 0)];
  const isFresh =
    shown.every((card) => card.list?.count === 0) &&
    (answer.figures?.sales?.month ?? 0) === 0 &&
    (answer.figures?.sales?.lastMonth ?? 0) === 0;
  return (
    <Flex vertical gap={12}>
      <BackupCard />
      <DevicesHint count={answer.devicesWaiting} />
      <Figures answer={answer} />
      {isFresh ? <FirstSteps /> : null}
      <CardColumns heights={shown.map((card) => 2 + (card.list?.rows.length ?? 0))}>
        {shown.map(({ key, title, icon, list, all }) =>
          list ? <HomeCard key={key} title={title} icon={icon} list={list} all={all} /> : null,
        )}
      </CardColumns>
    </Flex>
  );
}

/** The address of a list with a filter. */
function listOf(type: string, condition: object, states: string[]): string {
  const filter = { all: [condition, { field: 'state', is: 'in', value: states }] };
  return `/list/${type}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
}

function Waiting() {
  return (
    <div className="tp-home">
      {[1, 2, 3, 4].map((card) => (
        <div key={card} className="tp-panel" style={{ padding: 16 }}>
          <Skeleton active paragraph={{ rows: 4 }} />
        </div>
      ))}
    </div>
  );
}

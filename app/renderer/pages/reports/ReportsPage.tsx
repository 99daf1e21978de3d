import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { useOfferedReports, useReportWords } from './reportAnswers.ts';

interface Entry {
  path: string;
  area: string;
  name: string;
  text: string;
}

/** Every report the person may ask, by area of work. */
export function ReportsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const { entries, isPending, error } = useEntries();
  const [text, setText] = useState('');
  const found = entries.filter((entry) => `${entry.name} ${entry.text}`.toLowerCase().includes(text.trim().toLowerCase()));
  const areas = Map.groupBy(found, (entry) => entry.area);
  return (
    <PageFrame
      title={t('reports.title')}
      loading={isPending}
      problem={error}
      actions={
        <Input
          className="tp-list-search"
          allowClear
          prefix={<SearchOutlined />}
          placeholder={t('reports.find')}
          aria-label={t('reports.find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      }
    >
      {entries.length === 0 ? <EmptyState title={t('reports.noneOffered')} text={t('reports.noneOfferedHelp')} /> : null}
      {[...areas].map(([area, reports]) => (
        <section key={area} className="tp-reports-area">
          <h2>{session.words.areas[area] ?? area}</h2>
          <div className="tp-reports">
            {reports.map((entry) => (
              <Link key={entry.path} className="tp-report-card tp-panel" to={entry.path}>
                <b>{entry.name}</b>
                <span>{entry.text}</span>
              </Link>
            ))}
          </div>
        </section>
      ))}
    </PageFrame>
  );
}

/** Reports, and the standing lists that have pages of their own. */
function useEntries(): { entries: Entry[]; isPending: boolean; error: unknown } {
  const { t } = useTranslation();
  const session = useSession();
  const words = useReportWords();
  const { reports, isPending, error } = useOfferedReports();
  const own = reports.map(({ name, area }) => ({ path: `/reports/${name}`, area, name: words.name(name), text: words.text(name) }));
  const seesDebts = session.may('customer', 'read') && session.hasRight('see.salesPrice');
  const debts = { path: '/receivables', area: 'money', name: t('money.receivables'), text: t('reports.texts.receivables') };
  const owesSuppliers = session.may('supplier', 'read') && session.hasRight('see.purchasePrice');
  const payables = { path: '/payables', area: 'money', name: t('finance.payables.title'), text: t('reports.texts.payables') };
  return { entries: [...own, ...(seesDebts ? [debts] : []), ...(owesSuppliers ? [payables] : [])], isPending, error };
}

import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReadingAnswer, ReadingDay } from '../../../../shared/contracts/reading.ts';
import { api } from '../../api/http.ts';
import { keys } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import type { PanelProps } from '../../documents/form/panels.tsx';
import { formatDay, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** How much a person read and exported, day by day, and what is usual for them. */
export function ReadingPanel({ form }: PanelProps) {
  const { t } = useTranslation();
  const { language, settings } = useSession();
  const id = form.answer?.id ?? 0;
  const { data, error } = useQuery({
    queryKey: [...keys.record('user', id), 'reading'],
    queryFn: ({ signal }) => api.get<ReadingAnswer>(`/api/users/${id}/reading`, { signal }),
    enabled: id !== 0,
    staleTime: 0,
  });
  if (error) return <ProblemAlert problem={error} />;
  if (!data) return null;
  return (
    <div className="tp-panel tp-group">
      <p>
        {t('leaving.readingUsual', data.usual)} <span className="tp-faint">{t('leaving.readingHelp')}</span>
      </p>
      {data.rows.length === 0 ? (
        t('leaving.readingNone')
      ) : (
        <Table<ReadingDay>
          size="small"
          rowKey="day"
          pagination={false}
          dataSource={[...data.rows]}
          columns={[
            { title: t('leaving.readingDay'), dataIndex: 'day', render: (day: string) => formatDay(day, language) },
            { title: t('leaving.readingOpened'), dataIndex: 'opened', align: 'right' },
            { title: t('leaving.readingAtNight'), dataIndex: 'atNight', align: 'right' },
            { title: t('leaving.readingExported'), dataIndex: 'exported', align: 'right' },
            {
              title: t('leaving.readingTold'),
              dataIndex: 'toldAt',
              render: (at: string | null) => (at === null ? '' : formatInstant(at, language, settings.timeZone)),
            },
          ]}
        />
      )}
    </div>
  );
}

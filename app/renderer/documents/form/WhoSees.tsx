import { ArrowLeftOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeersAnswer } from '../../../../shared/contracts/explaining.ts';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { keys, recordPath } from '../../api/queries.ts';
import { LinkFilter } from '../../ui/LinkFilter.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useGroundsText } from './groundsText.ts';
import { WhyRecord } from './WhyRecord.tsx';

/** Who can see the record and why; of one person everything they can and cannot do with it. */
export function WhoSees({ answer, title, onClose }: { answer: RecordAnswer; title: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [person, setPerson] = useState<number | null>(null);
  return (
    <Drawer open size={640} title={`${t('people.whoSees')} · ${title}`} onClose={onClose}>
      <Flex gap={8} align="center" style={{ marginBottom: 10 }}>
        {person === null ? null : (
          <Button icon={<ArrowLeftOutlined />} onClick={() => setPerson(null)}>
            {t('people.backToAll')}
          </Button>
        )}
        <LinkFilter to="user" placeholder={t('people.askAbout')} width={220} value={person} onChange={setPerson} />
      </Flex>
      {person === null ? <Seers answer={answer} onAsk={setPerson} /> : <WhyRecord type={answer.type} id={answer.id} person={person} />}
    </Drawer>
  );
}

function Seers({ answer: { type, id }, onAsk }: { answer: RecordAnswer; onAsk: (person: number) => void }) {
  const { t } = useTranslation();
  const say = useGroundsText();
  const seers = useInfiniteQuery({
    queryKey: [...keys.record(type, id), 'seers'],
    queryFn: ({ pageParam, signal }) =>
      api.get<SeersAnswer>(`${recordPath(type, id)}/seers${pageParam === null ? '' : `?after=${pageParam}`}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  if (seers.error) return <ProblemAlert problem={seers.error} />;
  const rows = seers.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <p className="tp-faint">{t('people.whoSeesHelp')}</p>
      {seers.isSuccess && rows.length === 0 ? <p>{t('people.noSeers')}</p> : null}
      {rows.map((row) => (
        <div key={row.id} className="tp-why">
          <Button type="link" size="small" onClick={() => onAsk(row.id)}>
            {row.name}
          </Button>
          <span className="tp-faint">{row.department}</span>
          <span>
            {say(row.grounds)} {row.mayChange ? <span className="tp-state tp-state-active">{t('people.mayChange')}</span> : null}
          </span>
        </div>
      ))}
      {seers.hasNextPage ? (
        <Button loading={seers.isFetchingNextPage} onClick={() => void seers.fetchNextPage()}>
          {t('people.more')}
        </Button>
      ) : null}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { catalogue } from '../../../../shared/catalogue.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { api } from '../../api/http.ts';
import { recordPath } from '../../api/queries.ts';
import { isGiven } from './input.ts';
import type { RecordForm } from './useRecordForm.ts';

interface Similar {
  id?: number;
  title: string;
  owner: string | null;
  likeness: 'exact' | 'near';
}

const restMs = 350;

/** While a name is typed: who bears nearly the same one already. Only for types whose definition minds duplicates. */
export function SimilarRecords({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const { definition, answer, state } = form;
  const rule = catalogue.find(definition.type)?.duplicates;
  const names = [...new Set([...(rule?.exact.flat() ?? []), ...(rule?.near ? [rule.near] : [])])];
  const values = Object.fromEntries(
    names.filter((name) => isGiven(state.now.values[name])).map((name) => [name, state.now.values[name] ?? null]),
  );
  const isTouched = names.some((name) => state.now.values[name] !== state.base.values[name]);
  const wanted = useRested(isTouched ? JSON.stringify(values) : '{}');
  const { data } = useQuery({
    queryKey: ['list', definition.type, 'similar', wanted, answer?.id],
    queryFn: ({ signal }) =>
      api.post<{ records: Similar[] }>(
        `${recordPath(definition.type)}/similar`,
        { values: JSON.parse(wanted) as Record<string, Value>, ...(answer ? { except: answer.id } : {}) },
        { signal },
      ),
    enabled: wanted !== '{}',
    retry: false,
  });
  if (wanted === '{}' || !data || data.records.length === 0) return null;
  return (
    <div className="tp-similar" role="status">
      {t('documents.similar')}{' '}
      {data.records.map((record, index) => (
        <span key={record.id ?? record.title}>
          {index > 0 ? ' · ' : ''}
          {record.id ? (
            <Link to={`/record/${definition.type}/${record.id}`} target="_blank">
              {record.title}
            </Link>
          ) : (
            record.title
          )}
          {record.owner ? ` (${record.owner})` : ''}
          {record.likeness === 'exact' ? ` — ${t('documents.sameName')}` : ''}
        </span>
      ))}
    </div>
  );
}

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

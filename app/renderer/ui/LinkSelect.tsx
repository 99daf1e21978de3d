import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { Filter, ListAnswer, PickAnswer } from '../../../shared/contracts/wire.ts';
import { api } from '../api/http.ts';
import { keys } from '../api/queries.ts';

interface LinkSelectProps<V> {
  /** The type of record that is chosen from, unless a `dictionary` is named. */
  to: string;
  dictionary?: string;
  label: string;
  value: V;
  onChange: (value: V) => void;
  placeholder?: string;
  disabled?: boolean;
  allowClear?: boolean;
}

/** Chooses records by typing; for filters, dialogs and settings, where entry forms would be too much. */
export function LinkSelect(props: (LinkSelectProps<number[]> & { many: true }) | (LinkSelectProps<number | null> & { many?: false })) {
  const [text, setText] = useState('');
  const type = props.dictionary === undefined ? props.to : 'dictionaryEntry';
  const filter: Filter | undefined =
    props.dictionary === undefined ? undefined : { field: 'dictionary', is: 'equal', value: props.dictionary };
  const sought = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: keys.pick(type, sought, props.dictionary),
    queryFn: ({ signal }) => api.post<PickAnswer>(`/api/pick/${type}`, { text: sought, limit: 50, filter }, { signal }),
    staleTime: 60_000,
  });
  const chosen = (props.many ? props.value : props.value === null ? [] : [props.value]) ?? [];
  const known = new Map(found.data?.rows.map((row) => [row.id, row.title]));
  const names = useNames(type, found.data ? chosen.filter((id) => !known.has(id)) : []);
  const options = [
    ...chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: names.get(id) ?? '…' })),
    ...(found.data?.rows ?? []).map((row) => ({
      value: row.id,
      label: row.code && row.code !== row.title ? `${row.title} · ${row.code}` : row.title,
    })),
  ];
  const shared = {
    options,
    'aria-label': props.label,
    placeholder: props.placeholder,
    disabled: props.disabled,
    loading: found.isFetching,
    showSearch: { filterOption: false, onSearch: setText, searchValue: text },
    style: { width: '100%' },
  };
  if (props.many)
    return <Select<number[]> mode="multiple" {...shared} value={props.value} onChange={props.onChange} onSelect={() => setText('')} />;
  return (
    <Select<number>
      {...shared}
      allowClear={props.allowClear}
      value={props.value ?? undefined}
      onChange={(value) => props.onChange(value ?? null)}
    />
  );
}

/** Names of records that are chosen and not among the hits. */
function useNames(type: string, ids: readonly number[]): Map<number, string> {
  const answer = useQuery({
    queryKey: [...keys.list(type), 'names', ids],
    queryFn: ({ signal }) =>
      api.post<ListAnswer>(`/api/records/${type}/list`, { filter: { field: 'id', is: 'in', value: [...ids] }, limit: 100 }, { signal }),
    enabled: ids.length > 0,
    staleTime: 60_000,
  });
  return new Map(answer.data?.rows.map((row) => [row.id, String(row.values.name ?? row.values.number ?? row.values.code ?? '—')]));
}

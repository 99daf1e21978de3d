import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Menu, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListAnswer, ListRow } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';

const type = 'dictionaryEntry';

/** The lists the company keeps itself: entries are added, renamed, ordered and stopped; used ones are never deleted. */
export function DictionariesPage() {
  const session = useSession();
  const field = session.fieldOf(type, 'dictionary');
  const dictionaries = field?.kind === 'choice' ? field.choices : [];
  const [chosen, choose] = useState(dictionaries[0] ?? '');
  const nameOf = (dictionary: string) => session.words.dictionaries[dictionary] ?? session.choiceLabel(type, 'dictionary', dictionary);
  return (
    <PageFrame fill title={session.typeLabel(type, 'many')}>
      <div className="tp-positions tp-panel">
        <Menu
          aria-label={session.typeLabel(type, 'many')}
          selectedKeys={[chosen]}
          items={dictionaries.map((dictionary) => ({ key: dictionary, label: nameOf(dictionary) }))}
          onClick={({ key }) => choose(key)}
        />
        <Entries key={chosen} dictionary={chosen} />
      </div>
    </PageFrame>
  );
}

function Entries({ dictionary }: { dictionary: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const query = {
    filter: { field: 'dictionary', is: 'equal' as const, value: dictionary },
    fields: ['dictionary', 'name', 'sequence', 'stopped', ...(dictionary === 'carrier' ? ['queryAddress', 'arrivalDays'] : [])],
    sort: [{ field: 'sequence', direction: 'ascending' as const }],
    limit: 500,
  };
  const list = useQuery({
    queryKey: keys.list(type, query),
    queryFn: ({ signal }) => api.post<ListAnswer>(`${recordPath(type)}/list`, query, { signal }),
  });
  const rows = list.data?.rows ?? [];
  const store = useStore(dictionary);
  const mayChange = session.may(type, 'change');
  return (
    <div className="tp-position">
      {rows.length === 0 && !list.isPending ? <EmptyState title={t('settings.noEntries')} /> : null}
      <table className="tp-plain">
        <tbody>
          {rows.map((row, at) => (
            <Entry
              key={row.id}
              row={row}
              mayChange={mayChange}
              onChange={(values) => store.change(row, values)}
              onUp={at === 0 ? undefined : () => void store.reorder(rows, at)}
            />
          ))}
        </tbody>
      </table>
      {session.may(type, 'create') ? <NewEntry onAdd={(name) => store.add(name, Number(rows.at(-1)?.values.sequence ?? 0) + 10)} /> : null}
    </div>
  );
}

interface EntryProps {
  row: ListRow;
  mayChange: boolean;
  onChange: (values: Record<string, string | number | boolean | null>) => Promise<void>;
  onUp?: () => void;
}

function Entry({ row, mayChange, onChange, onUp }: EntryProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(String(row.values.name));
  const stopped = row.values.stopped === true;
  const keep = () => name.trim() !== '' && name.trim() !== row.values.name && void onChange({ name: name.trim() });
  return (
    <tr>
      <td>
        <Input
          variant="borderless"
          value={name}
          maxLength={80}
          disabled={!mayChange}
          aria-label={t('general.name')}
          onChange={(event) => setName(event.target.value)}
          onBlur={keep}
          onPressEnter={keep}
          className={stopped ? 'tp-void' : undefined}
        />
      </td>
      {row.values.dictionary === 'carrier' ? <CarrierCells row={row} mayChange={mayChange} onChange={onChange} /> : null}
      <td>
        <Button size="small" type="text" disabled={!mayChange || onUp === undefined} onClick={onUp}>
          {t('list.up')}
        </Button>
      </td>
      <td>
        <Switch
          size="small"
          checked={!stopped}
          disabled={!mayChange}
          checkedChildren={t('settings.inUse')}
          unCheckedChildren={t('settings.stopped')}
          onChange={(inUse) => void onChange({ stopped: !inUse })}
        />
      </td>
    </tr>
  );
}

/** Where a carrier's parcels are asked after, and after how many days they should have arrived. */
function CarrierCells({ row, mayChange, onChange }: Omit<EntryProps, 'onUp'>) {
  const session = useSession();
  const [address, setAddress] = useState(String(row.values.queryAddress ?? ''));
  const [days, setDays] = useState(String(row.values.arrivalDays ?? ''));
  const keep = () => {
    const arrivalDays = /^\d{1,3}$/.test(days.trim()) ? Number(days) : null;
    const queryAddress = address.trim() === '' ? null : address.trim();
    const isSame = queryAddress === (row.values.queryAddress ?? null) && arrivalDays === (row.values.arrivalDays ?? null);
    if (!isSame) void onChange({ queryAddress, arrivalDays });
  };
  const label = (name: string) => session.fieldLabel(type, name);
  return (
    <>
      <td>
        <Input
          value={address}
          maxLength={300}
          disabled={!mayChange}
          placeholder={`${label('queryAddress')} https://…/{number}`}
          aria-label={label('queryAddress')}
          onChange={(event) => setAddress(event.target.value)}
          onBlur={keep}
        />
      </td>
      <td style={{ width: 130 }}>
        <Input
          value={days}
          inputMode="numeric"
          maxLength={3}
          disabled={!mayChange}
          placeholder={label('arrivalDays')}
          aria-label={label('arrivalDays')}
          onChange={(event) => setDays(event.target.value)}
          onBlur={keep}
        />
      </td>
    </>
  );
}

function NewEntry({ onAdd }: { onAdd: (name: string) => Promise<boolean> }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const add = async () => {
    if (name.trim() !== '' && (await onAdd(name.trim()))) setName('');
  };
  return (
    <Input
      value={name}
      maxLength={80}
      placeholder={t('settings.newEntry')}
      aria-label={t('settings.newEntry')}
      style={{ maxWidth: 360 }}
      onChange={(event) => setName(event.target.value)}
      onPressEnter={(event) => !event.nativeEvent.isComposing && void add()}
      suffix={<Button size="small" type="text" icon={<PlusOutlined />} aria-label={t('general.add')} onClick={() => void add()} />}
    />
  );
}

/** Changes of entries, each saved at once. */
function useStore(dictionary: string) {
  const notices = useNotices();
  const renew = () => queryClient.invalidateQueries({ queryKey: keys.list(type) });
  const change = async (row: ListRow, values: Record<string, string | number | boolean | null>) => {
    await api.patch(recordPath(type, row.id), { version: row.version, values }, { idempotencyKey: newKey() }).catch(notices.failed);
    await renew();
  };
  return {
    change,
    add: async (name: string, sequence: number): Promise<boolean> => {
      try {
        await api.post(recordPath(type), { values: { dictionary, name, sequence } }, { idempotencyKey: newKey() });
        await renew();
        return true;
      } catch (thrown) {
        notices.failed(thrown);
        return false;
      }
    },
    /** Moves an entry before the one above it; equal sequences are spread first. */
    reorder: async (rows: readonly ListRow[], at: number) => {
      const order = [...rows];
      const [moved] = order.splice(at, 1);
      if (moved === undefined) return;
      order.splice(at - 1, 0, moved);
      for (const [index, row] of order.entries()) {
        const sequence = (index + 1) * 10;
        if (row.values.sequence !== sequence) await change(row, { sequence });
      }
    },
  };
}

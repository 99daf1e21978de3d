import { useQuery } from '@tanstack/react-query';
import { Checkbox, Modal, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenSourceRow, OpenSourcesAnswer } from '../../../../shared/contracts/trade.ts';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { placeField, thingField } from '../../api/openSources.ts';
import { recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { FieldValue } from '../../ui/FieldValue.tsx';
import { formatDay } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import type { Source } from '../form/recordDoor.ts';
import type { RecordForm } from '../form/useRecordForm.ts';
import { AmountBox } from './AmountBox.tsx';
import { amountField } from './openRows.ts';

interface SourcesDialogProps {
  form: RecordForm;
  part: string;
  /** Head fields in which the sources agree with the form, and the records they name. */
  same: Readonly<Record<string, number>>;
  onChosen: (sources: Source[]) => void;
  onClose: () => void;
}

/** All open rows of the documents that fit; several documents may be ticked together, each row with its own amount. */
export function SourcesDialog({ form, part, same, onChosen, onClose }: SourcesDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { type } = form.definition;
  const { data, error, isFetching } = useQuery({
    queryKey: ['sources', type, same],
    queryFn: ({ signal }) => api.get<OpenSourcesAnswer>(`${recordPath(type)}/sources?${sameQuery(same)}limit=500`, { signal }),
    gcTime: 0,
  });
  const [chosen, setChosen] = useState<ReadonlyMap<string, number>>(new Map());
  const taken = takenRows(form, part);
  const rows = (data?.rows ?? []).filter((row) => !taken.has(keyOf(row)));
  const choose = (changed: readonly OpenSourceRow[], amountOf: (row: OpenSourceRow) => number | null) =>
    setChosen((now) => {
      const next = new Map(now);
      for (const row of changed) {
        const amount = amountOf(row);
        if (amount === null) next.delete(keyOf(row));
        else next.set(keyOf(row), amount);
      }
      return next;
    });
  const groups = [...Map.groupBy(rows, (row) => `${row.type}:${row.id}`).values()];
  return (
    <Modal
      open
      width="min(980px, 94vw)"
      title={t('documents.fetchTitle')}
      okText={t('documents.takeRows', { count: chosen.size })}
      okButtonProps={{ disabled: chosen.size === 0 }}
      onOk={() => onChosen(sourcesOf(rows, chosen))}
      onCancel={onClose}
    >
      {error ? <ProblemAlert problem={error} /> : null}
      <Spin spinning={isFetching}>
        {rows.length === 0 && !isFetching ? <p className="tp-faint">{t('documents.nothingOpen')}</p> : null}
        <div className="tp-paste-scroll">
          <table className="tp-small-table">
            <tbody>
              {groups.map((group) => {
                const [head] = group;
                if (!head) return null;
                const isAll = group.every((row) => chosen.has(keyOf(row)));
                return [
                  <tr key={`${head.type}:${head.id}`}>
                    <th>
                      <Checkbox
                        checked={isAll}
                        indeterminate={!isAll && group.some((row) => chosen.has(keyOf(row)))}
                        aria-label={head.number}
                        onChange={(event) => choose(group, (row) => (event.target.checked ? (row.open ?? 0) : null))}
                      />
                    </th>
                    <th colSpan={4}>
                      {session.typeLabel(head.type)} {head.number} · {formatDay(head.day, session.language)}
                    </th>
                  </tr>,
                  ...group.map((row) => (
                    <SourceLine
                      key={keyOf(row)}
                      form={form}
                      row={row}
                      titles={data?.titles ?? {}}
                      amount={chosen.get(keyOf(row)) ?? null}
                      onChoose={(amount) => choose([row], () => amount)}
                    />
                  )),
                ];
              })}
            </tbody>
          </table>
        </div>
      </Spin>
    </Modal>
  );
}

const sameQuery = (same: Readonly<Record<string, number>>): string => {
  const pieces = Object.entries(same).map(([name, id]) => `${name}:${id}`);
  return pieces.length > 0 ? `same=${pieces.join(',')}&` : '';
};

interface SourceLineProps {
  form: RecordForm;
  row: OpenSourceRow;
  titles: Titles;
  amount: number | null;
  onChoose: (amount: number | null) => void;
}

function SourceLine({ form, row, titles, amount, onChoose }: SourceLineProps) {
  const { t } = useTranslation();
  const session = useSession();
  const definition = session.definitionOf(row.type);
  const field = definition && amountField(definition, form.definition.type);
  if (!definition || !field) return null;
  const names = { [thingField]: row.item, [placeField]: row.warehouse };
  const title = (name: keyof typeof names) => {
    const part = definition.becomes?.[form.definition.type]?.each;
    const link = typeof part === 'object' ? definition.parts[part.part]?.fields[name] : undefined;
    const id = names[name];
    return link?.kind === 'link' && typeof id === 'number' ? (titles[link.to]?.[id] ?? '') : '';
  };
  const label = row.name ?? title(thingField);
  return (
    <tr>
      <td>
        <Checkbox
          checked={amount !== null}
          aria-label={`${row.number} ${label}`}
          onChange={(event) => onChoose(event.target.checked ? (row.open ?? 0) : null)}
        />
      </td>
      <td>
        {label} {row.spec ? <span className="tp-faint">{row.spec}</span> : null}
      </td>
      <td>{title(placeField)}</td>
      <td className="is-number">
        {t('documents.open')} <FieldValue type={row.type} path="" field={field} value={row.open} currency={form.currency} /> {row.unit}
      </td>
      <td style={{ width: 140 }}>
        <AmountBox
          field={field}
          label={`${t('documents.take')} ${row.number} ${label}`}
          value={amount ?? 0}
          max={row.open ?? 0}
          digits={form.digits}
          disabled={amount === null}
          onChange={onChoose}
        />
      </td>
    </tr>
  );
}

const keyOf = (row: Pick<OpenSourceRow, 'type' | 'id' | 'row'>): string => `${row.type}:${row.id}:${row.row ?? ''}`;

/** Rows that stand in the form already are not offered twice. */
function takenRows(form: RecordForm, part: string): Set<string> {
  return new Set(
    (form.state.now.parts[part] ?? []).filter((row) => row.source).map((row) => `${row.sourceType}:${row.source}:${row.sourceRow ?? ''}`),
  );
}

function sourcesOf(rows: readonly OpenSourceRow[], chosen: ReadonlyMap<string, number>): Source[] {
  const picked = rows.filter((row) => (chosen.get(keyOf(row)) ?? 0) > 0);
  return [...Map.groupBy(picked, (row) => `${row.type}:${row.id}`).values()].flatMap((group) => {
    const [head] = group;
    if (!head) return [];
    return [
      {
        type: head.type,
        id: head.id,
        rows: group.map((row) => ({ id: row.row ?? row.id, amount: chosen.get(keyOf(row)) ?? row.open ?? 0 })),
      },
    ];
  });
}

import { Button, Checkbox, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { useSession } from '../../api/session.tsx';
import { FieldValue } from '../../ui/FieldValue.tsx';
import type { Source } from '../form/recordDoor.ts';
import { firstStepOf } from '../form/useAskedStep.tsx';
import type { RecordForm } from '../form/useRecordForm.ts';
import { AmountBox } from './AmountBox.tsx';
import { amountField, type OpenRow, openRowsOf, sourceOf } from './openRows.ts';

interface BecomeDialogProps {
  form: RecordForm;
  answer: RecordAnswer;
  target: string;
  onChosen: (source: Source) => void;
  /** It is to be made at once, and this step taken with it. */
  onMade: (source: Source, step: string) => Promise<void>;
  onClose: () => void;
}

/** Which rows of a document become another one, and how much of each. Everything that is left is ticked to begin with. */
export function BecomeDialog({ form, answer, target, onChosen, onMade, onClose }: BecomeDialogProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { definition } = form;
  const rows = useMemo(() => openRowsOf(definition, answer, target), [definition, answer, target]);
  const [chosen, setChosen] = useState<ReadonlyMap<number, number>>(() => new Map(rows.map((row) => [row.id, row.open])));
  const [isMaking, setMaking] = useState(false);
  const step = firstStepOf(session.definitionOf(target));
  const field = amountField(definition, target);
  const each = definition.becomes?.[target]?.each;
  const part = typeof each === 'object' ? each.part : null;
  const fields = part === null ? {} : (definition.parts[part]?.fields ?? {});
  const shown = Object.keys(fields)
    .filter((name) => !fields[name]?.hidden && ['link', 'text'].includes(fields[name]?.kind ?? ''))
    .slice(0, 4);
  const choose = (row: OpenRow, amount: number | null) =>
    setChosen((now) => {
      const next = new Map(now);
      if (amount === null) next.delete(row.id);
      else next.set(row.id, amount);
      return next;
    });
  const isAll = rows.every((row) => chosen.has(row.id));
  if (!field) return null;
  const count = [...chosen.values()].filter((amount) => amount > 0).length;
  return (
    <Modal
      open
      width="min(860px, 94vw)"
      title={t('documents.makeType', { type: session.typeLabel(target) })}
      okText={t('documents.makeType', { type: session.typeLabel(target) })}
      okButtonProps={{ disabled: count === 0, autoFocus: true }}
      onOk={() => onChosen(sourceOf(answer, chosen))}
      onCancel={onClose}
      footer={(buttons) => (
        <>
          {step === undefined ? null : (
            <Button
              loading={isMaking}
              disabled={count === 0}
              onClick={() => {
                setMaking(true);
                void onMade(sourceOf(answer, chosen), step);
              }}
            >
              {t('documents.makeAndTake', { step: session.stepLabel(target, step) })}
            </Button>
          )}
          {buttons}
        </>
      )}
    >
      <table className="tp-small-table">
        <thead>
          <tr>
            <th>
              <Checkbox
                checked={isAll}
                indeterminate={!isAll && chosen.size > 0}
                aria-label={t('general.all')}
                onChange={(event) => setChosen(event.target.checked ? new Map(rows.map((row) => [row.id, row.open])) : new Map())}
              />
            </th>
            {part === null ? <th>{session.fieldLabel(definition.type, definition.title)}</th> : <th>#</th>}
            {shown.map((name) => (
              <th key={name}>{session.fieldLabel(definition.type, `${part}.${name}`)}</th>
            ))}
            <th className="is-number">{t('documents.open')}</th>
            <th className="is-number">{t('documents.take')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Checkbox
                  checked={chosen.has(row.id)}
                  aria-label={`${row.at}`}
                  onChange={(event) => choose(row, event.target.checked ? row.open : null)}
                />
              </td>
              <td>{row.at || String(answer.values[definition.title] ?? '')}</td>
              {shown.map((name) => {
                const column = fields[name];
                return (
                  <td key={name}>
                    {column ? (
                      <FieldValue
                        type={definition.type}
                        path={`${part}.${name}`}
                        field={column}
                        value={row.values[name]}
                        titles={answer.titles}
                      />
                    ) : null}
                  </td>
                );
              })}
              <td className="is-number">
                <FieldValue type={definition.type} path="" field={field} value={row.open} currency={form.currency} />
              </td>
              <td style={{ width: 130 }}>
                <AmountBox
                  field={field}
                  label={`${t('documents.take')} ${row.at}`}
                  value={chosen.get(row.id) ?? 0}
                  max={row.open}
                  digits={form.digits}
                  disabled={!chosen.has(row.id)}
                  onChange={(amount) => choose(row, amount)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

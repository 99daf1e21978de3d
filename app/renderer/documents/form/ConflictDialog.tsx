import { Button, Modal, Radio } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordAnswer, Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import { useFieldText } from '../../ui/FieldValue.tsx';
import { mergeTitles } from './draft.ts';
import { type Choice, type Conflict, mergeDrafts } from './merge.ts';
import { contentOf } from './recordDoor.ts';
import type { RecordForm } from './useRecordForm.ts';
import { useUserName } from './useUserName.ts';

/** Two people changed the same record: mine and theirs side by side; what only one of them touched is taken without asking. */
export function ConflictDialog({ form, theirs }: { form: RecordForm; theirs: RecordAnswer }) {
  const { t } = useTranslation();
  const name = useUserName(theirs.changedBy);
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const { definition, state } = form;
  const merge = useMemo(
    () => mergeDrafts({ definition, base: state.base, mine: state.now, theirs: contentOf(theirs), choices }),
    [definition, state.base, state.now, theirs, choices],
  );
  const titles = mergeTitles(state.titles, theirs.titles);
  const chooseAll = (choice: Choice) => setChoices(Object.fromEntries(merge.conflicts.map(({ path }) => [path, choice])));
  return (
    <Modal
      open
      width="min(860px, 94vw)"
      title={t('documents.conflictTitle', { name: name ?? '' })}
      onCancel={() => form.dismiss('conflict')}
      footer={[
        <Button key="stay" onClick={() => form.dismiss('conflict')}>
          {t('documents.stay')}
        </Button>,
        <Button key="theirs" danger onClick={() => form.adopt(theirs)}>
          {t('documents.takeTheirs')}
        </Button>,
        <Button key="merge" type="primary" onClick={() => form.goOnFrom(theirs, merge.content)}>
          {t('documents.mergeTake')}
        </Button>,
      ]}
    >
      <p>{merge.conflicts.length === 0 ? t('documents.conflictNone') : t('documents.conflictText', { count: merge.conflicts.length })}</p>
      {merge.conflicts.length === 0 ? null : (
        <table className="tp-small-table">
          <thead>
            <tr>
              <th>{t('documents.field')}</th>
              <th>
                <Button type="link" size="small" onClick={() => chooseAll('mine')}>
                  {t('documents.mine')}
                </Button>
              </th>
              <th>
                <Button type="link" size="small" onClick={() => chooseAll('theirs')}>
                  {t('documents.theirs')}
                </Button>
              </th>
            </tr>
          </thead>
          <tbody>
            {merge.conflicts.map((conflict) => (
              <ConflictRow
                key={conflict.path}
                conflict={conflict}
                form={form}
                titles={titles}
                choice={choices[conflict.path] ?? 'mine'}
                onChoose={(choice) => setChoices((now) => ({ ...now, [conflict.path]: choice }))}
              />
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  );
}

interface ConflictRowProps {
  conflict: Conflict;
  form: RecordForm;
  titles: Titles;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

function ConflictRow({ conflict, form, titles, choice, onChoose }: ConflictRowProps) {
  const session = useSession();
  const textOf = useFieldText();
  const { type } = form.definition;
  const [part = '', row, cell] = conflict.path.split('.');
  const path = cell === undefined ? part : `${part}.${cell}`;
  const field = session.fieldOf(type, path);
  if (!field) return null;
  const at = cell === undefined ? -1 : (form.state.now.parts[part] ?? []).findIndex(({ id }) => id === Number(row));
  const show = (value: Value) => textOf(type, path, field, value, { titles, currency: form.currency }) || '—';
  const label =
    cell === undefined ? session.fieldLabel(type, path) : `${session.partLabel(type, part)} ${at + 1} · ${session.fieldLabel(type, path)}`;
  return (
    <tr>
      <td>{label}</td>
      {(['mine', 'theirs'] as const).map((side) => (
        <td key={side} className="tp-conflict-side">
          <Radio checked={choice === side} onChange={() => onChoose(side)} aria-label={`${label}: ${show(conflict[side])}`}>
            {show(conflict[side])}
          </Radio>
        </td>
      ))}
    </tr>
  );
}

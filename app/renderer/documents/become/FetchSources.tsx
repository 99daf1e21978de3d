import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import type { RowValues } from '../form/draft.ts';
import { filledRows, isGiven } from '../form/input.ts';
import { recordDoor, type Source } from '../form/recordDoor.ts';
import type { RecordForm } from '../form/useRecordForm.ts';
import { withoutNothing } from '../form/useStart.ts';
import { filledByFetch } from './fetchFilling.ts';
import { SourcesDialog } from './SourcesDialog.tsx';

/** "Fetch from …": open rows of other documents that may stand together with this one, taken into the lines of this one. */
export function FetchSources({ form, part }: { form: RecordForm; part: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [isOpen, setOpen] = useState(false);
  const { definition, state, dispatch, defaults } = form;
  const givers = session.definitions.filter((other) => other.becomes?.[definition.type]?.into.part === part);
  if (givers.length === 0 || !form.editability.part(part)) return null;
  const shared = [...new Set(givers.flatMap((giver) => giver.becomes?.[definition.type]?.same ?? []))];
  const same = Object.fromEntries(
    shared.flatMap((name): [string, number][] => {
      const value = state.now.values[name];
      return typeof value === 'number' ? [[name, value]] : [];
    }),
  );
  // Whose documents they are comes first; without that there would be too many to look through.
  const [first] = shared;
  const isReady = first === undefined || first in same;
  const take = async (sources: Source[]) => {
    try {
      const proposal = await recordDoor.become(definition.type, sources);
      const open = Object.entries(proposal.values).filter(
        ([name, value]) => isGiven(value) && (!isGiven(state.now.values[name]) || form.answer === null),
      );
      const isWritableNow = ([name]: [string, unknown]) => {
        const field = definition.fields[name];
        return field !== undefined && form.editability.field(name, field);
      };
      const rows = (proposal.parts[part] ?? []).map(
        ({ id: _id, ...row }): RowValues => ({ ...defaults.rows[part], ...withoutNothing(row) }),
      );
      const empty = withoutFilled(state.now.parts[part] ?? [], filledRows(definition, part, state.now));
      const filled = filledByFetch({
        type: definition.type,
        part,
        values: state.now.values,
        before: state.now.parts[part] ?? [],
        fetched: rows,
      });
      if (empty.length > 0) dispatch({ type: 'remove', part, rows: empty });
      dispatch({
        type: 'values',
        values: Object.fromEntries([...open, ...Object.entries(filled)].filter(isWritableNow)),
        titles: proposal.titles,
      });
      dispatch({
        type: 'insert',
        part,
        at: (state.now.parts[part] ?? []).length - empty.length,
        rows,
        titles: proposal.titles,
        joins: true,
      });
      setOpen(false);
    } catch (problem) {
      notices.failed(problem);
    }
  };
  const names = givers.map((giver) => session.typeLabel(giver.type)).join(session.language === 'en' ? ' / ' : '、');
  const text = t('documents.fetchFrom', { types: names });
  return (
    <>
      <Button
        size="small"
        className="tp-fetch"
        icon={<DownloadOutlined />}
        disabled={!isReady}
        title={isReady ? text : t('documents.chooseFirst', { field: session.fieldLabel(definition.type, first) })}
        onClick={() => setOpen(true)}
      >
        {text}
      </Button>
      {isOpen && isReady ? (
        <SourcesDialog form={form} part={part} same={same} onClose={() => setOpen(false)} onChosen={(sources) => void take(sources)} />
      ) : null}
    </>
  );
}

const withoutFilled = (rows: readonly AnyRow[], filled: readonly AnyRow[]): number[] =>
  rows.filter((row) => !filled.includes(row)).map((row) => row.id);

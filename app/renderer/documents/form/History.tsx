import { useQuery } from '@tanstack/react-query';
import { Button, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecordAnswer } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { api } from '../../api/http.ts';
import { recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useFieldText } from '../../ui/FieldValue.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { deedLabel } from './deedLabel.ts';
import type { RecordForm } from './useRecordForm.ts';

interface VersionRow {
  version: number;
  at: string;
  by: number;
  byName: string | null;
  action: string;
  reason?: string | null;
  changes: { path: string; before: Value; after: Value }[];
}

/** Who changed what and when, newest first; an earlier version can be made the newest again. */
export function History({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const { answer, adopt, isDirty } = form;
  const path = answer ? `${recordPath(answer.type, answer.id)}/versions` : '';
  const { data, error } = useQuery({
    queryKey: ['record', answer?.type, answer?.id, 'versions', answer?.version],
    queryFn: ({ signal }) => api.get<{ rows: VersionRow[] }>(path, { signal }),
    enabled: answer !== null,
  });
  if (!answer) return null;
  const restore = async (version: number) => {
    const isSure = await notices.ask({
      title: t('documents.restoreTitle', { version }),
      text: t('documents.restoreText'),
      ok: t('general.restore'),
    });
    if (!isSure) return;
    await api.post<RecordAnswer>(`${path}/${version}/restore`, { version: answer.version }).then(adopt, notices.failed);
  };
  return (
    <div className="tp-panel tp-group tp-history">
      {error ? <ProblemAlert problem={error} /> : null}
      <Timeline
        items={(data?.rows ?? []).map((row) => ({
          key: `${row.version}.${row.action}.${row.at}`,
          content: (
            <>
              <strong>{deedLabel(session, t, answer.type, row.action)}</strong>{' '}
              <span className="tp-faint">
                {row.byName ?? t('general.unknown')} · {formatInstant(row.at, session.language, session.settings.timeZone)} ·{' '}
                {t('documents.version', { version: row.version })}
              </span>{' '}
              {row.version < answer.version && session.hasRight('versions.restore') && !isDirty ? (
                <Button type="link" size="small" onClick={() => void restore(row.version)}>
                  {t('documents.restoreThis')}
                </Button>
              ) : null}
              {row.reason ? <div>{row.reason}</div> : null}
              <dl>
                {row.changes.map((change) => (
                  <Difference key={change.path} form={form} change={change} />
                ))}
              </dl>
            </>
          ),
        }))}
      />
    </div>
  );
}

function Difference({ form, change }: { form: RecordForm; change: VersionRow['changes'][number] }) {
  const session = useSession();
  const textOf = useFieldText();
  const { type } = form.definition;
  const [part = '', row, cell] = change.path.split('.');
  const path = cell === undefined ? part : `${part}.${cell}`;
  const field = session.fieldOf(type, path);
  if (!field || field.hidden) return null;
  const at = cell === undefined ? null : (form.state.now.parts[part] ?? []).findIndex(({ id }) => id === Number(row)) + 1;
  const show = (value: Value) => textOf(type, path, field, value, { titles: form.state.titles, currency: form.currency }) || '—';
  return (
    <>
      <dt>
        {at ? `${session.partLabel(type, part)} ${at} · ` : ''}
        {session.fieldLabel(type, path)}
      </dt>
      <dd style={{ textAlign: 'start' }}>
        <span className="tp-removed">{show(change.before)}</span> → <span className="tp-added">{show(change.after)}</span>
      </dd>
    </>
  );
}

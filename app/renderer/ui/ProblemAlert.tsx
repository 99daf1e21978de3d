import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMaybeSession } from '../api/session.tsx';
import { copyText } from './copyText.ts';
import { fieldRefusalText, problemOf, problemText } from './problemText.ts';

/** Gives a function that puts anything thrown into the reader's words. */
export function useProblemText(): (thrown: unknown) => string {
  const { t, i18n } = useTranslation();
  const session = useMaybeSession();
  return (thrown) => problemText(thrown, t, i18n.language, session ?? undefined);
}

/** What an administrator or our support needs to find the fault again. */
export function problemReport(thrown: unknown, text: string): string {
  const problem = problemOf(thrown);
  return [text, `${problem.code} (${problem.status})`, problem.incident ?? '', problem.title].filter((line) => line !== '').join('\n');
}

/** A problem with its fields, the records it speaks of and the incident's number; `type` names the fields. */
export function ProblemAlert({ problem: thrown, type, onRetry }: { problem: unknown; type?: string; onRetry?: () => void }) {
  const { t, i18n } = useTranslation();
  const session = useMaybeSession();
  const text = useProblemText()(thrown);
  if (thrown === null || thrown === undefined) return null;
  const problem = problemOf(thrown);
  const fields = problem.fields ?? [];
  return (
    <Alert
      type="error"
      showIcon
      title={text}
      description={
        fields.length + (problem.records?.length ?? 0) === 0 && problem.incident === undefined ? undefined : (
          <>
            {fields.map((field) => (
              <div key={field.path}>
                {fieldPlace(field.path, type, session)}
                {fieldRefusalText(field, t, i18n.language, session ?? undefined)}
              </div>
            ))}
            {problem.records?.map((record) => (
              <div key={`${record.type}:${record.id}`}>
                <Link to={`/record/${record.type}/${record.id}`}>{record.title}</Link> {record.owner}
              </div>
            ))}
            {problem.incident === undefined ? null : (
              <div className="tp-faint">{t('problems.incident', { incident: problem.incident })}</div>
            )}
          </>
        )
      }
      action={
        <>
          {onRetry === undefined ? null : (
            <Button size="small" onClick={onRetry}>
              {t('general.retry')}
            </Button>
          )}
          <Button size="small" type="text" onClick={() => void copyText(problemReport(thrown, text))}>
            {t('problems.copyReport')}
          </Button>
        </>
      }
    />
  );
}

/** Where the field stands: its name, with the row's number before it for a field of a part. */
function fieldPlace(path: string, type: string | undefined, session: ReturnType<typeof useMaybeSession>): string {
  if (session === null || type === undefined) return '';
  const [head = '', row, tail] = path.split('.');
  if (tail === undefined) return `${session.fieldLabel(type, row === undefined ? head : `${head}.${row}`)}: `;
  return `${session.partLabel(type, head)} ${Number(row) + 1} · ${session.fieldLabel(type, `${head}.${tail}`)}: `;
}

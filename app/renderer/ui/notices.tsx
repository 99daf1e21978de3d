import { App, Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMaybeSession } from '../api/session.tsx';
import { copyText } from './copyText.ts';
import { problemReport } from './ProblemAlert.tsx';
import { fieldRefusalText, problemOf, problemText } from './problemText.ts';

export interface Notices {
  /** Something worked: a short sentence with the number of the document. */
  done(text: string): void;
  /** Worth knowing, nothing failed. */
  info(text: string): void;
  /** Something failed: stays until it is closed and can be copied with the incident's number. */
  failed(thrown: unknown): void;
  /** Asks before something that cannot be undone; true when the person agrees. */
  ask(question: { title: string; text?: string; ok: string; danger?: boolean }): Promise<boolean>;
}

/** What the program tells the person beside the page itself. */
export function useNotices(): Notices {
  const { message, modal, notification } = App.useApp();
  const { t, i18n } = useTranslation();
  const session = useMaybeSession() ?? undefined;
  return useMemo(
    () => ({
      done: (text) => void message.success(text, 4),
      info: (text) => void message.info(text, 5),
      failed: (thrown) => {
        const problem = problemOf(thrown);
        const text = problemText(thrown, t, i18n.language, session);
        const fields = (problem.fields ?? []).map((field) => fieldRefusalText(field, t, i18n.language, session));
        notification.error({
          key: `${problem.code}:${problem.incident ?? ''}`,
          title: text,
          description: [...new Set(fields), problem.incident ? t('problems.incident', { incident: problem.incident }) : '']
            .filter(Boolean)
            .join(' · '),
          duration: false,
          role: 'alert',
          actions: (
            <Button size="small" onClick={() => void copyText(problemReport(thrown, text))}>
              {t('problems.copyReport')}
            </Button>
          ),
        });
      },
      ask: ({ title, text, ok, danger }) =>
        new Promise((resolve) => {
          modal.confirm({
            title,
            content: text,
            okText: ok,
            okButtonProps: { danger },
            cancelText: t('general.cancel'),
            onOk: () => resolve(true),
            onCancel: () => resolve(false),
          });
        }),
    }),
    [message, modal, notification, t, i18n.language, session],
  );
}

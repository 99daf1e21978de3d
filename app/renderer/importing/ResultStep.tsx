import { DownloadOutlined, RollbackOutlined } from '@ant-design/icons';
import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportAnswer } from '../../../shared/exchange/importAnswers.ts';
import { api } from '../api/http.ts';
import { useSession } from '../api/session.tsx';
import { useRefusalTexts } from '../documents/form/refusalText.ts';
import { download } from '../ui/download.ts';
import { useNotices } from '../ui/notices.tsx';
import { useUndoReason } from '../ui/useUndoReason.tsx';
import type { ImportDesk } from './useImport.ts';

interface ResultStepProps {
  answer: ImportAnswer;
  desk: ImportDesk;
  /** The page that sent the person here and waits for them, if any. */
  from: string | null;
  onAnother: () => void;
  onColumns: () => void;
}

const statusOf = { done: 'success', undone: 'info', cancelled: 'info', failed: 'error' } as const;
const titleOf = { done: 'doneTitle', undone: 'undoneTitle', cancelled: 'cancelledTitle', failed: 'failedTitle' } as const;

/** What became of the file: counts, the rows left out as a workbook, and the way back. */
export function ResultStep({ answer, desk, from, onAnother, onColumns }: ResultStepProps) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const refusalText = useRefusalTexts();
  const askReason = useUndoReason();
  const { result, problem } = answer;
  const state = answer.state as keyof typeof statusOf;
  const counts = result
    ? [
        t('importing.added', { count: result.added }),
        ...(result.updated > 0 ? [t('importing.updated', { count: result.updated })] : []),
        ...(result.merged > 0 ? [t('importing.merged', { count: result.merged })] : []),
        t('importing.rejected', { count: result.rejected }),
        ...Object.entries(result.companions).map(([type, count]) =>
          t('importing.companions', { type: session.typeLabel(type, 'many'), count }),
        ),
      ]
    : [];
  const rejected = () =>
    api
      .file(`/api/imports/${answer.id}/rejected?language=${session.language}`)
      .then(({ blob, name }) => download(blob, name ?? 'rejected.xlsx'), notices.failed);
  const undo = async () => {
    const reason = await askReason();
    if (reason !== null) await desk.undo(reason);
  };
  return (
    <Result
      status={statusOf[state]}
      title={t(`importing.${titleOf[state]}`)}
      subTitle={problem ? refusalText({ path: '', ...problem }) : counts.join(session.language === 'en' ? ', ' : '，')}
      extra={[
        ...(from === null
          ? []
          : [
              <Link key="from" to={from}>
                <Button type="primary">{t('importing.goBack')}</Button>
              </Link>,
            ]),
        ...(answer.state === 'done'
          ? [
              <Link key="list" to={`/list/${answer.type}`}>
                <Button type={from === null ? 'primary' : 'default'}>{t('importing.toList')}</Button>
              </Link>,
              ...(result && result.rejected > 0
                ? [
                    <Button key="rejected" icon={<DownloadOutlined />} onClick={() => void rejected()}>
                      {t('importing.rejectedFile')}
                    </Button>,
                  ]
                : []),
              <Button key="undo" danger icon={<RollbackOutlined />} loading={desk.busy === 'undo'} onClick={() => void undo()}>
                {t('importing.undo')}
              </Button>,
            ]
          : []),
        ...(answer.state === 'failed'
          ? [
              <Button key="columns" onClick={onColumns}>
                {t('importing.stepColumns')}
              </Button>,
            ]
          : []),
        <Button key="another" onClick={onAnother}>
          {t('importing.another')}
        </Button>,
      ]}
    />
  );
}

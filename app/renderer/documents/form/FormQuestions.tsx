import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useProblemText } from '../../ui/ProblemAlert.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { StepQuestion } from './StepQuestion.tsx';
import type { RecordForm } from './useRecordForm.ts';

/** What has to be answered before a record is saved or goes a step: is it a double, whose change counts, was the warning read. */
export function FormQuestions({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const { question, conflict, answer } = form;
  if (conflict && answer) return <ConflictDialog form={form} theirs={conflict} />;
  if (!question) return null;
  if (form.asked) return <StepQuestion form={form} question={question} asked={form.asked} />;
  return (
    <Modal
      open
      title={t('documents.nearDuplicateTitle')}
      okText={t('documents.saveAnyway')}
      cancelText={t('documents.backToForm')}
      confirmLoading={form.busy === 'save'}
      onOk={() => void form.save([question.code])}
      onCancel={() => form.dismiss('question')}
    >
      <p>{problemText(question)}</p>
      <ul>
        {question.records?.map((record) => (
          <li key={`${record.type}:${record.id}:${record.title}`}>
            {record.id ? (
              <Link to={`/record/${record.type}/${record.id}`} target="_blank">
                {record.title}
              </Link>
            ) : (
              record.title
            )}
            {record.owner ? <span className="tp-faint"> · {record.owner}</span> : null}
          </li>
        ))}
      </ul>
    </Modal>
  );
}

import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Question {
  content: ReactNode;
  answer: (isSure: boolean) => void;
}

/** Shows what a change would change and waits for a yes or a no: `ask` gives it, `dialog` is what to draw. */
export function useRehearsal() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question | null>(null);
  const ask = (content: ReactNode): Promise<boolean> => new Promise((answer) => setQuestion({ content, answer }));
  const decide = (isSure: boolean) => {
    question?.answer(isSure);
    setQuestion(null);
  };
  const dialog = question ? (
    <Modal
      open
      width={640}
      title={t('people.whatIfTitle')}
      okText={t('people.saveSo')}
      okButtonProps={{ autoFocus: true }}
      cancelText={t('documents.backToForm')}
      onOk={() => decide(true)}
      onCancel={() => decide(false)}
    >
      {question.content}
    </Modal>
  ) : null;
  return { ask, dialog };
}

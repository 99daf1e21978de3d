import { CopyOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSessionAnswer } from '../../api/session.tsx';
import { copyText } from '../../ui/copyText.ts';
import { useNotices } from '../../ui/notices.tsx';

/** Recovery codes, shown this once, with the ways to keep them. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const session = useSessionAnswer().data;
  const paper = [
    t('secondStep.recoveryPaper'),
    `${session?.company.name ?? ''} · ${session?.user.login ?? ''}`,
    '',
    ...codes,
    '',
    t('secondStep.recoveryHelp'),
  ].join('\n');
  const copy = () =>
    copyText(paper).then(
      () => notices.done(t('secondStep.copied')),
      (thrown: unknown) => notices.failed(thrown),
    );
  return (
    <Flex vertical gap={14}>
      <Alert type="warning" showIcon title={t('secondStep.recoveryOnce')} />
      <ul className="tp-recovery" aria-label={t('secondStep.recovery')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Flex gap={8} wrap="wrap">
        <Button icon={<PrinterOutlined />} onClick={() => printText(paper)}>
          {t('secondStep.print')}
        </Button>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {t('secondStep.copy')}
        </Button>
        <Button type="primary" onClick={onKept}>
          {t('secondStep.kept')}
        </Button>
      </Flex>
    </Flex>
  );
}

const frameKeptMs = 60_000;

/** Prints plain text alone, without the page around it. */
function printText(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const frame = document.createElement('iframe');
  frame.style.display = 'none';
  frame.onload = () => frame.contentWindow?.print();
  frame.src = address;
  document.body.append(frame);
  // The browser's own dialog may stand open for a while.
  setTimeout(() => {
    frame.remove();
    URL.revokeObjectURL(address);
  }, frameKeptMs);
}

import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Drawer, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../ui/download.ts';
import type { ShownPaper } from './PaperFrame.tsx';
import './print.css';

interface PaperDrawerProps {
  title: string;
  /** The bytes of the PDF with their name, and how they are shown. */
  file: UseQueryResult<{ blob: Blob; name: string | null }>['data'];
  /** What the file is called when the server gave it no name, without the ending. */
  name: string;
  paper: ShownPaper;
  canPrint?: boolean;
  /** What is chosen before the buttons. */
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** Where a paper is looked at before it is printed or kept. */
export function PaperDrawer({ title, file, name, paper, canPrint = true, tools, onClose, children }: PaperDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      open
      size="min(1080px, 92vw)"
      title={title}
      onClose={onClose}
      styles={{ body: { padding: 0, display: 'flex', flexDirection: 'column' } }}
      extra={
        <Flex gap={8}>
          {tools}
          <Button icon={<DownloadOutlined />} disabled={!file} onClick={() => file && download(file.blob, file.name ?? `${name}.pdf`)}>
            {t('general.download')}
          </Button>
          <Button type="primary" icon={<PrinterOutlined />} disabled={paper.address === null || !canPrint} onClick={paper.print}>
            {t('general.print')}
          </Button>
        </Flex>
      }
    >
      {children}
    </Drawer>
  );
}

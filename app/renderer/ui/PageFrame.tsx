import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Flex, Skeleton } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemAlert } from './ProblemAlert.tsx';

interface PageFrameProps {
  title: ReactNode;
  /** What the browser's window is called; the title when it is text. */
  windowTitle?: string;
  /** Beside the title: a state, a number. */
  aside?: ReactNode;
  /** The page's buttons, at the right. */
  actions?: ReactNode;
  onBack?: true | (() => void);
  /** Between the way back and the title. */
  before?: ReactNode;
  loading?: boolean;
  problem?: unknown;
  onRetry?: () => void;
  /** The content takes exactly the rest of the window and scrolls itself. */
  fill?: boolean;
  children?: ReactNode;
}

/** The frame of every page: title and buttons that stay, content below, skeleton while it loads, problem where it failed. */
export function PageFrame(props: PageFrameProps) {
  const { title, windowTitle, aside, actions, onBack, before, loading, problem, onRetry, fill, children } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = windowTitle ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = name === '' ? 'Tradepost 商驿' : `${name} · Tradepost 商驿`;
  }, [name]);
  return (
    <section className={fill ? 'tp-page tp-page-fill' : 'tp-page'} aria-busy={loading}>
      <Flex className="tp-page-head" align="center" gap={8} wrap="wrap">
        {onBack === undefined ? null : (
          <Button
            type="text"
            icon={<ArrowLeftOutlined />}
            aria-label={t('general.back')}
            onClick={onBack === true ? () => void navigate(-1) : onBack}
          />
        )}
        {before}
        <h1>{title}</h1>
        {aside}
        <Flex className="tp-page-actions" gap={8} wrap="wrap" justify="flex-end">
          {actions}
        </Flex>
      </Flex>
      {problem ? <ProblemAlert problem={problem} onRetry={onRetry} /> : null}
      {loading ? <Skeleton active paragraph={{ rows: 8 }} className="tp-page-skeleton" /> : children}
    </section>
  );
}

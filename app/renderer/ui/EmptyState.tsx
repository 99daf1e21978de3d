import { Button, Empty, Flex } from 'antd';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  title: string;
  /** What belongs here and what to do first. */
  text?: string;
  action?: { label: string; onClick: () => void };
  extra?: ReactNode;
}

/** What a page shows before there is anything: what belongs here, and the first thing to do. */
export function EmptyState({ title, text, action, extra }: EmptyStateProps) {
  return (
    <Flex vertical align="center" justify="center" className="tp-empty">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<strong>{title}</strong>} />
      {text === undefined ? null : <p>{text}</p>}
      <Flex gap={8}>
        {action === undefined ? null : (
          <Button type="primary" onClick={action.onClick}>
            {action.label}
          </Button>
        )}
        {extra}
      </Flex>
    </Flex>
  );
}

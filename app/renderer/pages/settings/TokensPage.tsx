import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../shared/kernel/days.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';

interface TokenRow {
  id: number;
  name: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
}

/** Keys for programs that work in the person's name: made, shown once, ended. */
export function TokensPage() {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const [isMaking, setMaking] = useState(false);
  const answer = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => api.get<{ rows: TokenRow[] }>('/api/tokens', { signal }) });
  const end = async (row: TokenRow) => {
    if (!(await notices.ask({ title: t('settings.endTokenAsk', { name: row.name }), ok: t('settings.endToken'), danger: true }))) return;
    await api.del(`/api/tokens/${row.id}`).catch(notices.failed);
    await queryClient.invalidateQueries({ queryKey: ['tokens'] });
  };
  const at = (instant: string | null, otherwise: string) =>
    instant === null ? otherwise : formatInstant(instant, session.language, session.settings.timeZone);
  const columns: TableColumn<TokenRow>[] = [
    { key: 'name', title: t('general.name'), widthPx: 180, grows: true, render: (row) => row.name },
    {
      key: 'scopes',
      title: t('settings.scopes'),
      widthPx: 260,
      grows: true,
      render: (row) => row.scopes.map((scope) => scopeLabel(scope, session, t('settings.allRights'))).join('、'),
    },
    { key: 'createdAt', title: t('general.createdAt'), widthPx: 150, render: (row) => at(row.createdAt, '') },
    { key: 'lastUsedAt', title: t('settings.lastUsedAt'), widthPx: 150, render: (row) => at(row.lastUsedAt, t('settings.notUsed')) },
    { key: 'expiresAt', title: t('settings.expiresAt'), widthPx: 150, render: (row) => at(row.expiresAt, t('settings.never')) },
    {
      key: 'end',
      title: '',
      widthPx: 80,
      render: (row) => (
        <Button size="small" type="link" danger onClick={() => void end(row)}>
          {t('settings.endToken')}
        </Button>
      ),
    },
  ];
  return (
    <PageFrame
      fill
      title={t('settings.tokens')}
      problem={answer.error}
      actions={
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('settings.newToken')}
        </Button>
      }
    >
      <DataTable
        label={t('settings.tokens')}
        columns={columns}
        rows={answer.data?.rows ?? []}
        idOf={(row) => row.id}
        isLoading={answer.isPending}
        empty={<EmptyState title={t('settings.noTokens')} text={t('settings.noTokensHelp')} />}
      />
      {isMaking ? <NewToken onClose={() => setMaking(false)} /> : null}
    </PageFrame>
  );
}

function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const make = async (typed: { name: string; scopes: string[]; days: number }) => {
    try {
      const expiresAt = typed.days === 0 ? null : `${addDays(session.settings.today, typed.days)}T23:59:59.000Z`;
      const made = await api.post<{ token: string }>('/api/tokens', { name: typed.name, scopes: typed.scopes, expiresAt });
      setSecret(made.token);
      await queryClient.invalidateQueries({ queryKey: ['tokens'] });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  const scopes = [
    { value: 'all', label: t('settings.allRights') },
    ...session.definitions
      .flatMap((definition) => definition.operations.map((operation) => `${definition.type}:${operation}`))
      .map((scope) => ({ value: scope, label: scopeLabel(scope, session, '') })),
  ];
  if (secret !== null) {
    return (
      <Modal
        open
        title={t('settings.tokenMade')}
        onCancel={onClose}
        onOk={onClose}
        footer={(_, { OkBtn }) => <OkBtn />}
        okText={t('settings.tokenKept')}
      >
        <Alert type="warning" title={t('settings.tokenOnce')} style={{ marginBottom: 12 }} />
        <Typography.Paragraph copyable code>
          {secret}
        </Typography.Paragraph>
      </Modal>
    );
  }
  return (
    <Modal
      open
      title={t('settings.newToken')}
      onCancel={onClose}
      okText={t('settings.makeToken')}
      okButtonProps={{ htmlType: 'submit', form: 'newToken' }}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form id="newToken" layout="vertical" onFinish={(typed) => void make(typed)} initialValues={{ days: 365 }}>
        <Form.Item name="name" label={t('general.name')} rules={[{ required: true, whitespace: true }]} extra={t('settings.tokenNameHelp')}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="scopes" label={t('settings.scopes')} rules={[{ required: true }]}>
          <Select mode="multiple" options={scopes} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="days" label={t('settings.expiresAt')}>
          <Select
            options={[30, 90, 365, 0].map((days) => ({
              value: days,
              label: days === 0 ? t('settings.never') : t('general.days', { count: days }),
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function scopeLabel(scope: string, session: ReturnType<typeof useSession>, all: string): string {
  if (scope === 'all') return all;
  const [type = '', operation] = scope.split(':');
  if (operation === undefined) return session.words.rights[scope] ?? scope;
  return `${session.typeLabel(type)} · ${session.words.operations[operation] ?? operation}`;
}

import { KeyOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { ListRow } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { useSession } from '../../api/session.tsx';
import { keepsPeople } from '../../documents/form/keepsPeople.ts';
import { useListRows } from '../../documents/list/useListRows.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { DataTable, type TableColumn } from '../../ui/table/DataTable.tsx';

const query = { fields: ['name', 'login', 'department', 'jobTitle', 'employment'] };

/** The people who work with the program; their passwords are set here. */
export function UsersPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [person, setPerson] = useState<ListRow | null>(null);
  const list = useListRows('user', query);
  const manages = keepsPeople(session);
  const columns = useMemo<TableColumn<ListRow>[]>(
    () => [
      {
        key: 'name',
        title: session.fieldLabel('user', 'name'),
        widthPx: 160,
        grows: true,
        render: (row) => <Link to={`/record/user/${row.id}`}>{String(row.values.name)}</Link>,
      },
      { key: 'login', title: session.fieldLabel('user', 'login'), widthPx: 140, render: (row) => row.values.login },
      {
        key: 'department',
        title: session.fieldLabel('user', 'department'),
        widthPx: 160,
        render: (row) => list.titles.department?.[Number(row.values.department)],
      },
      { key: 'jobTitle', title: session.fieldLabel('user', 'jobTitle'), widthPx: 140, render: (row) => row.values.jobTitle },
      {
        key: 'employment',
        title: session.fieldLabel('user', 'employment'),
        widthPx: 90,
        render: (row) => session.choiceLabel('user', 'employment', String(row.values.employment)),
      },
      {
        key: 'password',
        title: '',
        widthPx: 120,
        render: (row) =>
          manages ? (
            <Button size="small" type="link" icon={<KeyOutlined />} onClick={() => setPerson(row)}>
              {t('settings.setPassword')}
            </Button>
          ) : null,
      },
    ],
    [session, list.titles, manages, t],
  );
  return (
    <PageFrame
      fill
      title={session.typeLabel('user', 'many')}
      problem={list.problem}
      actions={
        session.may('user', 'create') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate('/record/user/new')}>
            {t('general.newType', { type: session.typeLabel('user') })}
          </Button>
        ) : null
      }
    >
      <p className="tp-faint tp-note">{t('settings.usersHelp')}</p>
      <DataTable
        label={session.typeLabel('user', 'many')}
        columns={columns}
        rows={list.rows}
        idOf={(row) => row.id}
        onOpen={(row) => void navigate(`/record/user/${row.id}`)}
        onEnd={list.onEnd}
        isLoading={list.isLoading}
        memory="settings:users"
      />
      {person ? <SetPassword person={person} onClose={() => setPerson(null)} /> : null}
    </PageFrame>
  );
}

function SetPassword({ person, onClose }: { person: ListRow; onClose: () => void }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [problem, setProblem] = useState<unknown>(null);
  const min = useSession().settings.passwordLength;
  const set = async ({ password, mustChange }: { password: string; mustChange: boolean }) => {
    try {
      await api.post(`/api/users/${person.id}/password`, { password, mustChange });
      notices.done(t('settings.passwordSet', { name: person.values.name }));
      onClose();
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <Modal
      open
      title={t('settings.passwordFor', { name: person.values.name })}
      onCancel={onClose}
      okText={t('general.save')}
      okButtonProps={{ htmlType: 'submit', form: 'setPassword' }}
      width={420}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <Form id="setPassword" layout="vertical" initialValues={{ mustChange: true }} onFinish={(typed) => void set(typed)}>
        <Form.Item
          name="password"
          label={t('shell.passwordNext')}
          extra={t('setup.passwordHelp', { min })}
          rules={[{ required: true, min, message: t('setup.passwordShort', { min }) }]}
        >
          <Input.Password autoFocus autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="mustChange" valuePropName="checked" noStyle>
          <Checkbox>{t('settings.mustChange')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Empty, Flex, Input, Menu, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { WhatIfAnswer } from '../../../../shared/contracts/whatIf.ts';
import type { ListAnswer, RecordAnswer } from '../../../../shared/contracts/wire.ts';
import { api, newKey } from '../../api/http.ts';
import { keys, queryClient, recordPath, useRecord } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { keepsPeople } from '../../documents/form/keepsPeople.ts';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { ChangesView } from '../people/ChangesView.tsx';
import { useRehearsal } from '../people/useRehearsal.tsx';
import { FieldRights } from './FieldRights.tsx';
import { changeOf, draftOf, inputOf, type PositionDraft } from './positionDraft.ts';
import { RightsMatrix } from './RightsMatrix.tsx';
import { SpecialRights } from './SpecialRights.tsx';

/** Positions and what they allow: operations × types × reach, special rights, fields that are hidden. */
export function PositionPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const { id = 'all' } = useParams();
  const list = useQuery({
    queryKey: keys.list('position', { limit: 200 }),
    queryFn: ({ signal }) => api.post<ListAnswer>(`${recordPath('position')}/list`, { limit: 200 }, { signal }),
  });
  const positions = list.data?.rows ?? [];
  const chosen = id === 'new' ? null : Number(id) || positions[0]?.id || null;
  return (
    <PageFrame
      fill
      title={t('settings.rights')}
      problem={list.error}
      loading={list.isPending}
      actions={
        session.may('position', 'create') ? (
          <Button onClick={() => void navigate('/settings/positions/new')}>
            {t('general.newType', { type: session.typeLabel('position') })}
          </Button>
        ) : null
      }
    >
      <div className="tp-positions tp-panel">
        <Menu
          aria-label={session.typeLabel('position', 'many')}
          selectedKeys={[String(chosen ?? 'new')]}
          items={positions.map((row) => ({ key: String(row.id), label: String(row.values.name) }))}
          onClick={({ key }) => void navigate(`/settings/positions/${key}`)}
        />
        {id === 'new' ? (
          <PositionEditor key="new" record={null} />
        ) : chosen === null ? (
          <Empty />
        ) : (
          <KnownPosition key={chosen} id={chosen} />
        )}
      </div>
    </PageFrame>
  );
}

function KnownPosition({ id }: { id: number }) {
  const record = useRecord('position', id);
  return record.data ? <PositionEditor key={`${id}`} record={record.data} /> : null;
}

/** One position; nothing is changed before it is saved. */
function PositionEditor({ record }: { record: RecordAnswer | null }) {
  const { t } = useTranslation();
  const session = useSession();
  const notices = useNotices();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<PositionDraft>(() => draftOf(record));
  const [isBusy, setBusy] = useState(false);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(record));
  useEffect(() => setDraft(draftOf(record)), [record]);
  const change = (part: Partial<PositionDraft>) => setDraft({ ...draft, ...part });
  const mayChange = session.may('position', record === null ? 'create' : 'change');
  const { ask, dialog } = useRehearsal();
  const save = async () => {
    setBusy(true);
    try {
      const input = inputOf(draft, record);
      const change = changeOf(draft, record);
      if (change && keepsPeople(session)) {
        const answer = await api.post<WhatIfAnswer>('/api/rights/what-if', change);
        if (answer.count > 0 && !(await ask(<ChangesView answer={answer} />))) return;
      }
      const options = { idempotencyKey: newKey() };
      const saved =
        record === null
          ? await api.post<RecordAnswer>(recordPath('position'), input, options)
          : await api.patch<RecordAnswer>(recordPath('position', record.id), input, options);
      queryClient.setQueryData(keys.record('position', saved.id), saved);
      await queryClient.invalidateQueries({ queryKey: keys.list('position') });
      notices.done(t('general.savedRecord', { type: session.typeLabel('position'), title: String(saved.values.name) }));
      void navigate(`/settings/positions/${saved.id}`, { replace: true });
    } catch (thrown) {
      notices.failed(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="tp-position">
      {dialog}
      <Flex gap={10} align="center">
        <Input
          value={draft.name}
          maxLength={80}
          aria-label={t('general.name')}
          placeholder={session.fieldLabel('position', 'name')}
          style={{ width: 240 }}
          disabled={!mayChange}
          onChange={(event) => change({ name: event.target.value })}
        />
        <Checkbox checked={draft.administrator} disabled={!mayChange} onChange={(event) => change({ administrator: event.target.checked })}>
          {session.fieldLabel('position', 'administrator')}
        </Checkbox>
        <Checkbox checked={draft.delegable} disabled={!mayChange} onChange={(event) => change({ delegable: event.target.checked })}>
          {session.fieldLabel('position', 'delegable')}
        </Checkbox>
        <Button
          type="primary"
          disabled={!isChanged || draft.name.trim() === '' || !mayChange}
          loading={isBusy}
          onClick={() => void save()}
          style={{ marginInlineStart: 'auto' }}
        >
          {t('general.save')}
        </Button>
      </Flex>
      {draft.administrator ? <Alert type="info" showIcon title={t('settings.administratorHelp')} /> : null}
      <Tabs
        size="small"
        className="tp-position-tabs"
        items={[
          {
            key: 'grants',
            label: t('settings.operations'),
            children: <RightsMatrix grants={draft.grants} disabled={!mayChange} onChange={(grants) => change({ grants })} />,
          },
          {
            key: 'special',
            label: t('settings.specialRights'),
            children: <SpecialRights rights={draft.rights} disabled={!mayChange} onChange={(rights) => change({ rights })} />,
          },
          {
            key: 'fields',
            label: t('settings.fieldRights'),
            children: <FieldRights fields={draft.fields} disabled={!mayChange} onChange={(fields) => change({ fields })} />,
          },
        ]}
      />
    </div>
  );
}

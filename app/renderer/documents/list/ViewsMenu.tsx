import { CloseOutlined, DownOutlined, LinkOutlined, SaveOutlined, StarOutlined, TeamOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../../../shared/contracts/trade.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import type { ColumnChoice } from './columns.tsx';
import type { ListView } from './listView.ts';
import { useFirstView } from './useFirstView.ts';
import { ViewDefaults } from './ViewDefaults.tsx';

/** What a view keeps: how the list is narrowed and ordered, and its columns. */
type Content = Partial<ListView> & { columns?: ColumnChoice };

interface ViewsMenuProps {
  type: string;
  view: ListView;
  choice: ColumnChoice;
  onView: (change: Partial<ListView>) => void;
  onColumns: (choice: ColumnChoice) => void;
}

/** Saved views: a filter, an order and what else was set, under a name; private or for everybody. */
export function ViewsMenu({ type, view, choice, onView, onColumns }: ViewsMenuProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const session = useSession();
  const [isSaving, setSaving] = useState(false);
  const views = useViews(type);
  const [defaulting, setDefaulting] = useState<SavedView | null>(null);
  const current = views.find((one) => one.id === view.view);
  const remove = async (saved: SavedView) => {
    if (!(await notices.ask({ title: t('list.deleteView', { name: saved.name }), ok: t('general.delete'), danger: true }))) return;
    await api.del(`/api/views/${type}/${saved.id}`).catch(notices.failed);
    await queryClient.invalidateQueries({ queryKey: ['views', type] });
  };
  const copyLink = async (saved: SavedView) => {
    const [page] = window.location.href.split('#');
    await navigator.clipboard
      .writeText(`${page}#/list/${type}?view=${saved.id}`)
      .then(() => notices.done(t('relations.linkCopied')), notices.failed);
  };
  const entries = views.map((saved) => ({
    key: String(saved.id),
    label: (
      <span className="tp-view-entry">
        {saved.name}
        {saved.shared ? <small className="tp-faint">{t('list.sharedView')}</small> : null}
        <Button
          size="small"
          type="text"
          icon={<LinkOutlined />}
          aria-label={t('relations.copyViewLink')}
          title={t('relations.copyViewLink')}
          onClick={(event) => {
            event.stopPropagation();
            void copyLink(saved);
          }}
        />
        {saved.shared && session.hasRight('settings.change') ? (
          <Button
            size="small"
            type="text"
            icon={<TeamOutlined />}
            aria-label={t('relations.viewDefault')}
            title={t('relations.viewDefault')}
            onClick={(event) => {
              event.stopPropagation();
              setDefaulting(saved);
            }}
          />
        ) : null}
        {saved.mine ? (
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('general.delete')}
            onClick={(event) => {
              event.stopPropagation();
              void remove(saved);
            }}
          />
        ) : null}
      </span>
    ),
  }));
  const items = [
    ...entries,
    ...(entries.length > 0 ? [{ type: 'divider' as const }] : []),
    { key: 'save', icon: <SaveOutlined />, label: t('list.saveView') },
  ];
  const show = (saved: SavedView) => {
    const { columns, ...content } = saved.content as Content;
    onView({ ...content, view: saved.id });
    if (columns) onColumns(columns);
  };
  const take = (key: string) => {
    if (key === 'save') return setSaving(true);
    const saved = views.find((one) => String(one.id) === key);
    if (saved) show(saved);
  };
  useFirstView({ view, views, show });
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => take(key), selectedKeys: current ? [String(current.id)] : [] }}>
        <Button icon={<StarOutlined />}>
          {current?.name ?? t('list.views')} <DownOutlined />
        </Button>
      </Dropdown>
      {isSaving ? (
        <SaveView type={type} view={view} choice={choice} onClose={() => setSaving(false)} onSaved={(id) => onView({ view: id })} />
      ) : null}
      {defaulting ? <ViewDefaults type={type} saved={defaulting} onClose={() => setDefaulting(null)} /> : null}
    </>
  );
}

function SaveView({
  type,
  view,
  choice,
  onClose,
  onSaved,
}: {
  type: string;
  view: ListView;
  choice: ColumnChoice;
  onClose: () => void;
  onSaved: (id: number) => void;
}) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = async () => {
    if (name.trim() === '') return;
    try {
      const { view: _, ...content } = view;
      const saved = await api.post<{ id: number }>(`/api/views/${type}`, {
        name: name.trim(),
        shared,
        content: { ...content, columns: choice },
      });
      await queryClient.invalidateQueries({ queryKey: ['views', type] });
      onSaved(saved.id);
      notices.done(t('list.viewSaved', { name: name.trim() }));
      onClose();
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <Modal
      open
      title={t('list.saveView')}
      okText={t('general.save')}
      onOk={() => void save()}
      onCancel={onClose}
      okButtonProps={{ disabled: name.trim() === '' }}
      width={420}
    >
      <p className="tp-faint">{t('list.saveViewHelp')}</p>
      <Input
        autoFocus
        maxLength={60}
        placeholder={t('list.viewName')}
        aria-label={t('list.viewName')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={() => void save()}
      />
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)} style={{ marginTop: 12 }}>
        {t('list.shareView')}
      </Checkbox>
    </Modal>
  );
}

function useViews(type: string): SavedView[] {
  const views = useQuery({
    queryKey: ['views', type],
    queryFn: ({ signal }) => api.get<{ rows: SavedView[] }>(`/api/views/${type}`, { signal }),
    retry: false,
  });
  return views.data?.rows ?? [];
}

import {
  CloseOutlined,
  DownOutlined,
  LinkOutlined,
  PushpinFilled,
  PushpinOutlined,
  SaveOutlined,
  StarOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../../../shared/contracts/trade.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { usePreference } from '../../ui/preference.ts';
import type { ColumnChoice } from './columns.tsx';
import { emptyView, type ListView } from './listView.ts';
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
  const [isSaving, setSaving] = useState(false);
  const views = useViews(type);
  const [defaulting, setDefaulting] = useState<SavedView | null>(null);
  const current = views.find((one) => one.id === view.view);
  const [pins, keepPins] = usePreference<number[]>(`pinnedViews.${type}`, []);
  const pinned = views.filter(({ id }) => pins.includes(id));
  const pin = ({ id }: SavedView) => keepPins(pins.includes(id) ? pins.filter((one) => one !== id) : [...pins, id]);
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
      <ViewEntry
        saved={saved}
        isPinned={pins.includes(saved.id)}
        onPin={() => pin(saved)}
        onCopy={() => void copyLink(saved)}
        onDefault={() => setDefaulting(saved)}
        onRemove={() => void remove(saved)}
      />
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
      {pinned.map((saved) => (
        <Button
          key={saved.id}
          className="tp-pinned-view"
          icon={<PushpinFilled />}
          type={saved.id === view.view ? 'primary' : 'default'}
          ghost={saved.id === view.view}
          aria-pressed={saved.id === view.view}
          onClick={() => (saved.id === view.view ? onView(emptyView) : show(saved))}
        >
          {saved.name}
        </Button>
      ))}
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

interface ViewEntryProps {
  saved: SavedView;
  isPinned: boolean;
  onPin: () => void;
  onCopy: () => void;
  onDefault: () => void;
  onRemove: () => void;
}

/** A view in the menu, with what can be done with it. */
function ViewEntry({ saved, isPinned, onPin, onCopy, onDefault, onRemove }: ViewEntryProps) {
  const { t } = useTranslation();
  const session = useSession();
  const deeds = [
    { label: isPinned ? t('list.unpinView') : t('list.pinView'), icon: isPinned ? <PushpinFilled /> : <PushpinOutlined />, run: onPin },
    { label: t('relations.copyViewLink'), icon: <LinkOutlined />, run: onCopy },
    ...(saved.shared && session.hasRight('settings.change')
      ? [{ label: t('relations.viewDefault'), icon: <TeamOutlined />, run: onDefault }]
      : []),
    ...(saved.mine ? [{ label: t('general.delete'), icon: <CloseOutlined />, run: onRemove }] : []),
  ];
  return (
    <span className="tp-view-entry">
      {saved.name}
      {saved.shared ? <small className="tp-faint">{t('list.sharedView')}</small> : null}
      <span className="tp-view-deeds">
        {deeds.map(({ label, icon, run }) => (
          <Button
            key={label}
            size="small"
            type="text"
            icon={icon}
            aria-label={label}
            title={label}
            onClick={(event) => {
              event.stopPropagation();
              run();
            }}
          />
        ))}
      </span>
    </span>
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

import { BellOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Badge, Button, Empty, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Facts } from '../../../shared/kernel/refusal.ts';
import { refusalText } from '../../../shared/language/labels.ts';
import { api } from '../api/http.ts';
import { keys, queryClient } from '../api/queries.ts';
import { useSession } from '../api/session.tsx';
import { formatInstant } from '../ui/format.ts';

interface Notice {
  id: number;
  at: string;
  code: string;
  facts?: Facts;
  type?: string | null;
  record?: number | null;
  readAt?: string | null;
}

/** What others did that concerns me: unread ones are counted, a press opens the record. */
export function NoticesBell() {
  const { t } = useTranslation();
  const notices = useQuery({
    queryKey: keys.notices,
    queryFn: ({ signal }) => api.get<{ rows: Notice[] }>('/api/notices', { signal }),
    refetchInterval: 120_000,
  });
  const read = useMutation({
    mutationFn: (ids: number[]) => api.post('/api/notices/read', { ids }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.notices }),
  });
  const rows = notices.data?.rows ?? [];
  const unread = rows.filter((notice) => !notice.readAt).map((notice) => notice.id);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('shell.notices')}
      onOpenChange={(isOpen) => !isOpen && unread.length > 0 && read.mutate(unread)}
      content={
        rows.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('shell.noNotices')} style={{ width: 300 }} />
        ) : (
          <ul className="tp-entries tp-notices">
            {rows.slice(0, 30).map((notice) => (
              <NoticeEntry key={notice.id} notice={notice} />
            ))}
          </ul>
        )
      }
    >
      <Badge count={unread.length} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('shell.notices')} />
      </Badge>
    </Popover>
  );
}

/** Where that is to be seen which is no record. */
const placesOfNotices: Readonly<Record<string, string>> = {
  'notice.deviceWaiting': '/settings/devices',
  'notice.otherDevice': '/settings/sign-ins',
  'notice.unprovenSession': '/settings/sessions',
};

function NoticeEntry({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const text = refusalText(session.words, notice.code, notice.facts, (value, kind) =>
    kind === 'type' ? session.typeLabel(String(value)) : String(value),
  );
  const open = () => {
    const place = placesOfNotices[notice.code];
    if (place !== undefined) void navigate(place);
    else if (notice.type) void navigate(notice.record ? `/record/${notice.type}/${notice.record}` : `/list/${notice.type}`);
  };
  return (
    <li>
      <button type="button" className={notice.readAt ? 'tp-entry' : 'tp-entry tp-unread'} onClick={open}>
        <span>{text ?? t('shell.noticeAbout', { type: notice.type ? session.typeLabel(notice.type) : '' })}</span>
        <small>{formatInstant(notice.at, session.language, session.settings.timeZone)}</small>
      </button>
    </li>
  );
}

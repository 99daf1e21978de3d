import { DownloadOutlined, ImportOutlined, PlusOutlined, RollbackOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ImportAnswer } from '../../../../shared/exchange/importAnswers.ts';
import { isImportable } from '../../../../shared/exchange/importable.ts';
import { api } from '../../api/http.ts';
import { queryClient } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { formatInstant } from '../../ui/format.ts';
import { useNotices } from '../../ui/notices.tsx';
import { useUndoReason } from '../../ui/useUndoReason.tsx';

type Earlier = Pick<ImportAnswer, 'id' | 'type' | 'name' | 'state' | 'createdAt' | 'result'>;

interface BringInProps {
  types: readonly string[];
  /** Where the import sends the person back to. */
  from: string;
  drafts: Readonly<Record<string, number>>;
  onChanged: () => void;
}

/** How the figures of a step come in: from a file, by hand, and the way back of the last file. */
export function BringIn({ types, from, drafts, onChanged }: BringInProps) {
  const session = useSession();
  const imports = useQuery({
    queryKey: ['import', 'history'],
    queryFn: ({ signal }) => api.get<{ rows: Earlier[] }>('/api/imports', { signal }),
    enabled: session.hasRight('import'),
  });
  const known = types.filter((type) => session.definitionOf(type) !== undefined);
  return (
    <div className="tp-opening-types">
      {known.map((type) => (
        <TypePanel
          key={type}
          type={type}
          from={from}
          drafts={drafts[type] ?? 0}
          last={imports.data?.rows.find((row) => row.type === type && row.state === 'done')}
          onChanged={onChanged}
        />
      ))}
    </div>
  );
}

interface TypePanelProps {
  type: string;
  from: string;
  drafts: number;
  last: Earlier | undefined;
  onChanged: () => void;
}

function TypePanel({ type, from, drafts, last, onChanged }: TypePanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const notices = useNotices();
  const askReason = useUndoReason();
  const definition = session.definitionOf(type);
  const mayImport = session.hasRight('import') && session.may(type, 'create') && definition !== undefined && isImportable(definition);
  const template = () =>
    api
      .file(`/api/imports/template/${type}?language=${session.language}`)
      .then(({ blob, name }) => download(blob, name ?? `${type}.xlsx`), notices.failed);
  const undo = async (id: number) => {
    const reason = await askReason();
    if (reason === null) return;
    try {
      await api.post(`/api/imports/${id}/undo`, { reason });
      await queryClient.invalidateQueries({ queryKey: ['import'] });
      notices.done(t('importing.undoneTitle'));
      onChanged();
    } catch (thrown) {
      notices.failed(thrown);
    }
  };
  return (
    <section className="tp-panel tp-opening-type">
      <h2>{session.typeLabel(type, 'many')}</h2>
      <p className="tp-faint">{t(`goLive.typeHelp.${type as 'item'}`)}</p>
      {drafts > 0 ? <p className="tp-opening-missing">{t('goLive.drafts', { count: drafts })}</p> : null}
      <Flex gap={6} wrap="wrap">
        {mayImport ? (
          <Button
            type="primary"
            icon={<ImportOutlined />}
            onClick={() => void navigate(`/import/${type}?${new URLSearchParams({ from })}`)}
          >
            {t('goLive.import')}
          </Button>
        ) : null}
        {mayImport ? (
          <Button icon={<DownloadOutlined />} onClick={() => void template()}>
            {t('importing.template')}
          </Button>
        ) : null}
        {session.may(type, 'create') ? (
          <Button icon={<PlusOutlined />} onClick={() => void navigate(`/record/${type}/new`)}>
            {t('goLive.byHand')}
          </Button>
        ) : null}
        <Button icon={<UnorderedListOutlined />} onClick={() => void navigate(`/list/${type}`)}>
          {t('goLive.list')}
        </Button>
      </Flex>
      {last ? (
        <Flex gap={8} wrap="wrap" align="center" className="tp-opening-last">
          <span className="tp-faint">
            {t('goLive.lastImport', { name: last.name, at: formatInstant(last.createdAt, session.language, session.settings.timeZone) })}
          </span>
          <Button size="small" danger type="text" icon={<RollbackOutlined />} onClick={() => void undo(last.id)}>
            {t('goLive.undoLast')}
          </Button>
        </Flex>
      ) : null}
    </section>
  );
}

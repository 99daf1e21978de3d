import { CopyOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Language, languageNames } from '../../../../shared/language/languages.ts';
import { api } from '../../api/http.ts';
import { queryClient, recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { useNotices } from '../../ui/notices.tsx';
import { PageFrame } from '../../ui/PageFrame.tsx';
import { fetchTemplate, templateType } from './templateRecord.ts';

interface TemplateRow {
  id?: number;
  name?: string;
  title: string;
  language: Language | null;
  main: boolean;
}

/** How each document looks on paper: the standard templates, and the company's own made from them. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const session = useSession();
  const types = session.definitions.filter((definition) => definition.print !== undefined);
  const answers = useQueries({
    queries: types.map(({ type }) => ({
      queryKey: ['print', type, 'templates', session.language],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<{ rows: TemplateRow[] }>(`/api/print/${type}/templates?language=${session.language}`, { signal }),
    })),
  });
  return (
    <PageFrame title={t('templates.title')} onBack={true} problem={answers.find((answer) => answer.error)?.error}>
      <p className="tp-faint tp-note">{t('templates.help')}</p>
      <div className="tp-templates">
        {types.map(({ type }, index) => (
          <section key={type} className="tp-panel">
            <div className="tp-card-head">{session.typeLabel(type)}</div>
            <ul className="tp-entries">
              {(answers[index]?.data?.rows ?? []).map((row) => (
                <Template key={row.id ?? row.name} type={type} row={row} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </PageFrame>
  );
}

function Template({ type, row }: { type: string; row: TemplateRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const notices = useNotices();
  const mayChange = useSession().hasRight('templates.change');
  const remove = async () => {
    if (
      row.id === undefined ||
      !(await notices.ask({ title: t('templates.deleteAsk', { name: row.title }), ok: t('general.delete'), danger: true }))
    )
      return;
    try {
      const record = await fetchTemplate(row.id);
      await api.del(`${recordPath(templateType, row.id)}?version=${record.version}`);
    } catch (thrown) {
      notices.failed(thrown);
    }
    await queryClient.invalidateQueries({ queryKey: ['print'] });
  };
  return (
    <li className="tp-template">
      <span>{row.title}</span>
      {row.main ? <span className="tp-state tp-state-active">{t('templates.main')}</span> : null}
      {row.id === undefined ? <span className="tp-state tp-state-draft">{t('templates.standard')}</span> : null}
      {row.language ? <span className="tp-state tp-state-draft">{languageNames[row.language]}</span> : null}
      {mayChange ? (
        <span className="tp-template-actions">
          {row.id === undefined ? null : (
            <Button size="small" type="text" icon={<EditOutlined />} onClick={() => void navigate(`/templates/${row.id}`)}>
              {t('general.edit')}
            </Button>
          )}
          <Button
            size="small"
            type="text"
            icon={<CopyOutlined />}
            onClick={() => void navigate(`/templates/new?type=${type}&from=${row.id ?? row.name}`)}
          >
            {t('templates.copy')}
          </Button>
          {row.id === undefined ? null : (
            <Button
              size="small"
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('general.delete')}
              onClick={() => void remove()}
            />
          )}
        </span>
      ) : null}
    </li>
  );
}

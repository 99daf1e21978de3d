import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/http.ts';
import { usePreference } from '../../ui/preference.ts';

interface TemplateRow {
  id?: number;
  name?: string;
  title: string;
  language?: string | null;
  main?: boolean;
}

/** The templates of a type, and the one this person printed with last: else the main one. */
export function useTemplates(type: string) {
  const [kept, keep] = usePreference<{ template?: string }>(`print.${type}.template`, {});
  const templates = useQuery({
    queryKey: ['print', type, 'templates'],
    queryFn: ({ signal }) => api.get<{ rows: TemplateRow[] }>(`/api/print/${type}/templates`, { signal }),
  });
  const rows = templates.data?.rows ?? [];
  const main = rows.find((row) => keyOf(row) === kept.template) ?? rows.find((row) => row.main) ?? rows[0];
  return {
    rows: rows.map((row) => ({ value: keyOf(row), label: row.title })),
    template: main ? keyOf(main) : undefined,
    choose: (template: string) => keep({ template }),
    isPending: templates.isPending,
    error: templates.error,
  };
}

const keyOf = (row: TemplateRow): string => String(row.id ?? row.name ?? row.title);

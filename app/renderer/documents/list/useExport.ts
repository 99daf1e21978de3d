import { useState } from 'react';
import type { DefinitionAnswer, ListQuery } from '../../../../shared/contracts/wire.ts';
import { api } from '../../api/http.ts';
import { recordPath } from '../../api/queries.ts';
import { useSession } from '../../api/session.tsx';
import { download } from '../../ui/download.ts';
import { useNotices } from '../../ui/notices.tsx';
import { type ColumnChoice, choosableColumns } from './columns.tsx';

/** Exports the filtered set in its order: exactly the columns on the screen, or all of them. */
export function useExport(definition: DefinitionAnswer, query: ListQuery, choice: ColumnChoice) {
  const notices = useNotices();
  const session = useSession();
  const [isExporting, setExporting] = useState(false);
  const exportRows = async (columns: 'shown' | 'all') => {
    setExporting(true);
    const fields = columns === 'shown' ? choice.keys : choosableColumns(definition);
    const headers = Object.fromEntries(fields.map((field) => [field, session.fieldLabel(definition.type, field)]));
    try {
      const file = await api.file(`${recordPath(definition.type)}/export`, { query: { ...query, fields }, format: 'xlsx', headers });
      download(file.blob, file.name ?? `${session.typeLabel(definition.type, 'many')} ${session.settings.today}.xlsx`);
    } catch (thrown) {
      notices.failed(thrown);
    } finally {
      setExporting(false);
    }
  };
  return { exportRows, isExporting };
}

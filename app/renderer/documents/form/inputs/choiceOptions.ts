import type { ChoiceField } from '../../../../../shared/kernel/fields.ts';
import type { Session } from '../../../api/session.tsx';

/** The choices whose word or value holds what is typed; an optional field may be emptied. */
export function choiceOptions(of: {
  field: ChoiceField;
  type: string;
  path: string;
  session: Pick<Session, 'choiceLabel'>;
  typed: string;
}): { key: string; title: string }[] {
  const wanted = of.typed.trim().toLowerCase();
  const all = of.field.choices.map((key) => ({ key: String(key), title: of.session.choiceLabel(of.type, of.path, String(key)) }));
  const found = all.filter(
    ({ key, title }) => wanted === '' || title.toLowerCase().includes(wanted) || key.toLowerCase().startsWith(wanted),
  );
  return of.field.required || wanted !== '' ? found : [...found, { key: '', title: '—' }];
}

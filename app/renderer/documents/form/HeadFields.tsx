import { DownOutlined, RightOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isDerived } from '../../../../shared/kernel/fields.ts';
import { wordOf } from '../../../../shared/language/labels.ts';
import { useSession } from '../../api/session.tsx';
import { useFieldText } from '../../ui/FieldValue.tsx';
import { usePreference } from '../../ui/preference.ts';
import { FieldBox } from './FieldBox.tsx';
import { isGiven } from './input.ts';
import { isNumberField } from './inputs/numberText.ts';
import type { FieldGroup } from './layout.ts';
import type { RecordForm } from './useRecordForm.ts';

/** Fields of one group together; on forms with lines the groups fold away to leave the lines their room. */
export function HeadGroup({ form, group, folds, children }: { form: RecordForm; group: FieldGroup; folds: boolean; children?: ReactNode }) {
  const session = useSession();
  const [kept, keep] = usePreference<boolean>(`form.open.${form.definition.type}.${group.name}`, false);
  const hasProblem = group.fields.some(([name]) => form.problems.has(name));
  const isOpen = !folds || group.name === '' || kept || hasProblem;
  const title = wordOf(session.words.groups, group.name);
  // What a record has come to is told once there is one; amounts are told while they are typed.
  const shown = group.fields.filter(
    ([name, field]) => !isDerived(field) || (isGiven(form.state.now.values[name]) && (form.answer !== null || isNumberField(field))),
  );
  // A group that only tells, and has nothing to tell, takes no room.
  if (shown.length === 0 && group.name !== '' && !children) return null;
  return (
    <section className={isOpen ? 'tp-panel tp-group is-open' : 'tp-panel tp-group'}>
      {group.name === '' || !folds ? null : (
        <button type="button" className="tp-group-title" aria-expanded={isOpen} onClick={() => keep(!kept)}>
          {isOpen ? <DownOutlined /> : <RightOutlined />} {title} {isOpen ? null : <GroupSummary form={form} group={group} />}
        </button>
      )}
      {group.name !== '' && !folds ? <h2>{title}</h2> : null}
      {isOpen ? (
        <div className="tp-fields">
          {shown.map(([name, field]) => (
            <FieldBox key={name} form={form} name={name} field={field} />
          ))}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** What stands in a folded group, in one line. */
function GroupSummary({ form, group }: { form: RecordForm; group: FieldGroup }) {
  const { t } = useTranslation();
  const session = useSession();
  const textOf = useFieldText();
  const { type } = form.definition;
  const { values } = form.state.now;
  const told = group.fields.filter(
    ([name, field]) => isGiven(values[name]) && values[name] !== false && !('default' in field && field.default === values[name]),
  );
  const words = told.map(([name, field]) => {
    const text = textOf(type, name, field, values[name], { titles: form.state.titles, currency: form.currency });
    return field.kind === 'flag' ? session.fieldLabel(type, name) : `${session.fieldLabel(type, name)} ${text}`;
  });
  return <span className="tp-group-summary">{words.length > 0 ? words.join(' · ') : t('documents.nothingFilled')}</span>;
}

/** The sums below the lines. */
export function Foot({ form, group }: { form: RecordForm; group: FieldGroup }) {
  return (
    <section className="tp-panel tp-foot">
      {group.fields.map(([name, field]) => (
        <FieldBox key={name} form={form} name={name} field={field} />
      ))}
    </section>
  );
}

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.tsx';
import { focusNext } from './focus.ts';
import { FieldInput } from './inputs/FieldInput.tsx';
import { useRefusalTexts } from './refusalText.ts';
import type { RecordForm } from './useRecordForm.ts';

/** A small table of rows that belong to a record: addresses, units, positions. */
export function PartTable({ form, part }: { form: RecordForm; part: string }) {
  const { t } = useTranslation();
  const session = useSession();
  const refusalText = useRefusalTexts();
  const { definition, state, dispatch, defaults, problems } = form;
  const shape = definition.parts[part];
  if (!shape) return null;
  const rows = state.now.parts[part] ?? [];
  const fields = Object.entries(shape.fields).filter(([, field]) => !field.hidden);
  const isEditable = form.editability.part(part);
  const label = (name: string) => session.fieldLabel(definition.type, `${part}.${name}`);
  const add = () => dispatch({ type: 'insert', part, at: rows.length, rows: [defaults.rows[part] ?? {}] });
  return (
    <div className="tp-panel tp-group">
      {rows.length === 0 ? <p className="tp-faint">{t('documents.noRows')}</p> : null}
      {rows.length > 0 ? (
        <table className="tp-small-table">
          <thead>
            <tr>
              {fields.map(([name, field]) => (
                <th key={name}>
                  {field.required && isEditable ? <b className="tp-grid-required">*</b> : null}
                  {label(name)}
                </th>
              ))}
              <th aria-label={t('general.remove')} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id}>
                {fields.map(([name, field]) => {
                  const place = `${part}.${row.id}.${name}`;
                  const refusal = problems.get(place);
                  return (
                    <td key={name} data-place={place}>
                      <FieldInput
                        type={definition.type}
                        path={`${part}.${name}`}
                        field={field}
                        id={`${place}`}
                        label={`${label(name)} ${index + 1}`}
                        value={row[name] ?? null}
                        titles={state.titles}
                        disabled={!isEditable || field.readOnly === true}
                        status={refusal ? 'error' : ''}
                        beside={{ ...state.now.values, ...row }}
                        digits={field.kind === 'money' && field.in === 'base' ? session.digits : form.digits}
                        currency={form.currency}
                        onChange={(value, titles) =>
                          dispatch({ type: 'cells', part, changes: [{ row: row.id, values: { [name]: value } }], titles })
                        }
                        onProblem={(code) => form.tellProblem(place, code)}
                        onTaken={(input) => focusNext(input, 1)}
                      />
                      {refusal ? <div className="tp-field-problem">{refusalText(refusal)}</div> : null}
                    </td>
                  );
                })}
                <td>
                  {isEditable ? (
                    <Button
                      type="text"
                      size="small"
                      icon={<DeleteOutlined />}
                      aria-label={`${t('general.remove')} ${index + 1}`}
                      onClick={() => dispatch({ type: 'remove', part, rows: [row.id] })}
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {isEditable && rows.length < shape.max ? (
        <Button size="small" icon={<PlusOutlined />} onClick={add} style={{ marginTop: 8 }}>
          {t('general.add')}
        </Button>
      ) : null}
    </div>
  );
}

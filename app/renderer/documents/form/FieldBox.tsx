import { memo, useCallback } from 'react';
import type { Titles, WireField } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { isRequired } from '../../../../shared/kernel/fields.ts';
import { useSession } from '../../api/session.tsx';
import type { RowValues } from './draft.ts';
import { focusNext } from './focus.ts';
import { FieldInput } from './inputs/FieldInput.tsx';
import { isWide } from './layout.ts';
import { useRefusalText } from './refusalText.ts';
import type { RecordForm } from './useRecordForm.ts';

interface FieldBoxProps {
  form: RecordForm;
  name: string;
  field: WireField;
}

/** A field of the head with its label and what is wrong with it. */
export function FieldBox({ form, name, field }: FieldBoxProps) {
  const { definition, state, dispatch, tellProblem } = form;
  const change = useCallback(
    (value: Value, titles?: Titles) =>
      dispatch({
        type: 'values',
        values: { [name]: value },
        titles,
        place: name,
        withoutReckoning: field.kind === 'text' || field.kind === 'note',
      }),
    [dispatch, name, field.kind],
  );
  const fill = useCallback(
    (values: RowValues) => dispatch({ type: 'values', values, withoutReckoning: field.kind === 'text' }),
    [dispatch, field.kind],
  );
  const tell = useCallback((code: string | null) => tellProblem(name, code), [tellProblem, name]);
  const value = state.now.values[name] ?? null;
  const refusal = useRefusalText(form.problems.get(name));
  const needsNeighbours = field.kind === 'link' || field.kind === 'dictionary' || (field.kind === 'text' && field.suggest !== undefined);
  return (
    <Box
      type={definition.type}
      name={name}
      field={field}
      required={isRequired(field, state.now.values)}
      value={value}
      titles={state.titles}
      beside={needsNeighbours ? state.now.values : nothing}
      disabled={!form.editability.field(name, field)}
      refusal={refusal}
      currency={form.currency}
      digits={field.kind === 'money' && field.in === 'base' ? null : form.digits}
      onChange={change}
      onFill={fill}
      onProblem={tell}
    />
  );
}

const nothing = {};

interface BoxProps {
  type: string;
  name: string;
  field: WireField;
  required: boolean;
  value: Value;
  titles: Titles;
  beside: Readonly<Record<string, Value>>;
  disabled: boolean;
  refusal: string | null;
  currency: number | null;
  /** Null for money of the company's own currency. */
  digits: number | null;
  onChange: (value: Value, titles?: Titles) => void;
  onFill: (values: RowValues) => void;
  onProblem: (code: string | null) => void;
}

const Box = memo(function Box({ type, name, field, required, refusal, digits, ...rest }: BoxProps) {
  const session = useSession();
  const label = session.fieldLabel(type, name);
  const id = `field-${name}`;
  return (
    <div className={isWide(field) ? 'tp-field is-wide' : 'tp-field'} data-place={name}>
      <label htmlFor={id} className={required && !rest.disabled ? 'is-required' : undefined} title={label}>
        <span>{label}</span>
      </label>
      <FieldInput
        {...rest}
        type={type}
        path={name}
        field={field}
        id={id}
        label={label}
        status={refusal === null ? '' : 'error'}
        digits={digits ?? session.digits}
        onTaken={(input) => focusNext(input, 1)}
      />
      {refusal === null ? null : (
        <div className="tp-field-problem" role="alert">
          {refusal}
        </div>
      )}
    </div>
  );
});

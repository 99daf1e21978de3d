import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { catalogue } from '../../../../shared/catalogue.ts';
import type { PickRow } from '../../../../shared/contracts/wire.ts';
import { linksOf, type Value } from '../../../../shared/kernel/definition.ts';
import { partyField } from '../../api/openSources.ts';
import { useSession } from '../../api/session.tsx';
import { pickRuleOf } from '../picker/pickRule.ts';
import { RecordPicker } from '../picker/RecordPicker.tsx';
import type { RecordForm } from './useRecordForm.ts';
import { refreshablePart, useRefreshLines } from './useRefreshLines.ts';

/** Asked of a copy with priced lines: for whom it is, and at whose prices. Enter leaves it as it was copied. */
export function CopyQuestion({ form }: { form: RecordForm }) {
  const { t } = useTranslation();
  const session = useSession();
  const { definition, state, dispatch } = form;
  const [isOpen, setOpen] = useState(true);
  const [prices, setPrices] = useState<'kept' | 'today'>('kept');
  const [chosen, setChosen] = useState<PickRow | null>(null);
  const refresh = useRefreshLines(form);
  const part = refreshablePart(form);
  const field = definition.fields[partyField];
  const rule = field && pickRuleOf(field, {});
  if (!isOpen || !part || !rule) return null;
  const before = state.now.values[partyField] ?? null;
  const party = chosen?.id ?? before;
  const titleOf = (id: Value) => (typeof id === 'number' ? (state.titles[rule.to]?.[id] ?? `#${id}`) : '');
  const accept = () => {
    setOpen(false);
    const values = chosen && chosen.id !== before ? { [partyField]: chosen.id, ...emptiedBelow(form, chosen.id) } : {};
    if (chosen && Object.keys(values).length > 0) {
      dispatch({ type: 'values', values, place: partyField, titles: { [rule.to]: { [chosen.id]: chosen.title } } });
    }
    if (prices === 'today') void refresh(part, values);
  };
  return (
    <Modal
      open
      width={460}
      title={t('documents.copyTitle', { type: session.typeLabel(definition.type) })}
      okText={t('documents.copyGoOn')}
      cancelText={t('documents.copyAsItIs')}
      okButtonProps={{ autoFocus: true }}
      onOk={accept}
      onCancel={() => setOpen(false)}
    >
      <div className="tp-copy">
        <label htmlFor="copy-party">{session.fieldLabel(definition.type, partyField)}</label>
        <RecordPicker
          rule={{ ...rule, linked: false }}
          id="copy-party"
          label={session.fieldLabel(definition.type, partyField)}
          value={typeof party === 'number' ? party : null}
          title={chosen?.title ?? titleOf(before)}
          onPick={setChosen}
        />
        <span>{t('documents.copyPrices')}</span>
        <Radio.Group
          value={prices}
          onChange={(event) => setPrices(event.target.value)}
          options={[
            { value: 'kept', label: t('documents.copyPricesKept') },
            { value: 'today', label: t('documents.copyPricesToday') },
          ]}
        />
      </div>
    </Modal>
  );
}

/** What belongs to the party before and to nobody else: the person spoken to there. */
function emptiedBelow({ definition }: RecordForm, party: number): Record<string, Value> {
  const below = linksOf(definition.fields).filter(([name, { to }]) => {
    const visibility = catalogue.find(to)?.visibility;
    return party > 0 && name !== partyField && visibility?.by === 'parent' && visibility.through === partyField;
  });
  return Object.fromEntries(below.map(([name]) => [name, null]));
}

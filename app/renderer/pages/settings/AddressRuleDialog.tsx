import { Checkbox, Flex, Form, Input, Modal, Segmented, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AddressRule, type RuleHours, type RuleSubject, ruleAreas, ruleEffects } from '../../../../shared/contracts/addressRules.ts';
import { useSession } from '../../api/session.tsx';
import { AddressListField, addressesIn } from '../../ui/AddressListField.tsx';
import { LinkSelect } from '../../ui/LinkSelect.tsx';
import { weekdayKey } from './weekdays.ts';

const fresh: AddressRule = {
  ...{ who: { kind: 'everybody' }, addresses: [], hours: null, effect: 'allow', lookOnly: true, areas: null, remark: '' },
};
const officeHours: RuleHours = { from: '08:30', to: '18:00', days: [1, 2, 3, 4, 5] };
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** One rule, new or known: it counts when the page is saved. */
export function AddressRuleDialog(props: { rule: AddressRule | null; onKeep: (rule: AddressRule) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [rule, setRule] = useState<AddressRule>(props.rule ?? fresh);
  const [addresses, setAddresses] = useState(rule.addresses.join('\n'));
  const change = (part: Partial<AddressRule>) => setRule({ ...rule, ...part });
  const isWhole = rule.who.kind === 'everybody' || rule.who.id > 0;
  const keep = () => props.onKeep({ ...rule, addresses: addressesIn(addresses) });
  return (
    <Modal
      open
      width={560}
      title={props.rule ? t('safety.editRule') : t('safety.newRule')}
      okText={t('general.apply')}
      okButtonProps={{ disabled: !isWhole || (rule.hours !== null && rule.hours.days.length === 0) }}
      onOk={keep}
      onCancel={props.onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('safety.who')}>
          <Who who={rule.who} onChange={(who) => change({ who })} />
        </Form.Item>
        <AddressListField isLabelShown label={t('safety.where')} text={addresses} onChange={setAddresses} />
        <Form.Item label={t('safety.when')}>
          <Hours hours={rule.hours} onChange={(hours) => change({ hours })} />
        </Form.Item>
        <Form.Item label={t('safety.effect')}>
          <Segmented<AddressRule['effect']>
            aria-label={t('safety.effect')}
            value={rule.effect}
            options={ruleEffects.map((effect) => ({ value: effect, label: t(`safety.effects.${effect}`) }))}
            onChange={(effect) => change({ effect })}
          />
        </Form.Item>
        {rule.effect === 'refuse' ? null : (
          <Form.Item extra={t('devices.onlyApprovedHelp')}>
            <Checkbox checked={rule.devicesOnly ?? false} onChange={(event) => change({ devicesOnly: event.target.checked })}>
              {t('devices.onlyApproved')}
            </Checkbox>
          </Form.Item>
        )}
        {rule.effect === 'limit' ? <Limits rule={rule} onChange={change} /> : null}
        <Form.Item label={t('safety.remark')} style={{ marginBlockEnd: 0 }}>
          <Input
            aria-label={t('safety.remark')}
            maxLength={200}
            value={rule.remark}
            onChange={(event) => change({ remark: event.target.value })}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Who({ who, onChange }: { who: RuleSubject; onChange: (who: RuleSubject) => void }) {
  const { t } = useTranslation();
  const kinds = ['everybody', 'user', 'position', 'department'] as const;
  return (
    <Flex gap={8}>
      <Select<RuleSubject['kind']>
        aria-label={t('safety.who')}
        style={{ width: 180 }}
        value={who.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`safety.subjects.${kind}`) }))}
        onChange={(kind) => onChange(kind === 'everybody' ? { kind } : { kind, id: 0 })}
      />
      {who.kind === 'everybody' ? null : (
        <div style={{ flex: 1 }}>
          <LinkSelect
            key={who.kind}
            to={who.kind}
            label={t(`safety.subjects.${who.kind}`)}
            value={who.id === 0 ? null : who.id}
            onChange={(id) => onChange({ kind: who.kind, id: id ?? 0 })}
          />
        </div>
      )}
    </Flex>
  );
}

function Hours({ hours, onChange }: { hours: RuleHours | null; onChange: (hours: RuleHours | null) => void }) {
  const { t } = useTranslation();
  const time = (name: 'from' | 'to') => (
    <TimePicker
      format="HH:mm"
      needConfirm={false}
      allowClear={false}
      minuteStep={5}
      aria-label={t(name === 'from' ? 'safety.hourFrom' : 'safety.hourTo')}
      style={{ width: 110 }}
      value={hours ? dayjs(`2000-01-01T${hours[name]}`) : null}
      onChange={(typed) => hours && typed && onChange({ ...hours, [name]: typed.format('HH:mm') })}
    />
  );
  return (
    <Flex vertical gap={8}>
      <Checkbox checked={hours !== null} onChange={(event) => onChange(event.target.checked ? officeHours : null)}>
        {t('safety.onlyDuring')}
      </Checkbox>
      {hours ? (
        <>
          <Flex gap={8} align="center">
            {time('from')} – {time('to')}
          </Flex>
          <Checkbox.Group
            aria-label={t('safety.days')}
            value={[...hours.days]}
            options={weekdays.map((day) => ({ value: day, label: t(`safety.weekdays.${weekdayKey(day)}`) }))}
            onChange={(days) => onChange({ ...hours, days: days.map(Number).sort() })}
          />
        </>
      ) : null}
    </Flex>
  );
}

function Limits({ rule, onChange }: { rule: AddressRule; onChange: (part: Partial<AddressRule>) => void }) {
  const { t } = useTranslation();
  const { words } = useSession();
  return (
    <Form.Item extra={t('safety.limitHelp')}>
      <Flex vertical gap={8}>
        <Checkbox checked={rule.lookOnly} onChange={(event) => onChange({ lookOnly: event.target.checked })}>
          {t('safety.lookOnly')}
        </Checkbox>
        <Select<string[]>
          mode="multiple"
          allowClear
          aria-label={t('safety.onlyAreas')}
          placeholder={t('safety.allAreas')}
          value={[...(rule.areas ?? [])]}
          options={ruleAreas.map((area) => ({ value: area, label: words.areas[area] ?? area }))}
          onChange={(areas) => onChange({ areas: areas.length === 0 ? null : areas })}
        />
      </Flex>
    </Form.Item>
  );
}

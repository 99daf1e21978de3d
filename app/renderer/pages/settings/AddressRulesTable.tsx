import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AddressRule, AddressRulesAnswer } from '../../../../shared/contracts/addressRules.ts';
import { type Session, useSession } from '../../api/session.tsx';
import { toldApart } from '../../ui/toldApart.ts';
import { weekdayKey } from './weekdays.ts';

interface AddressRulesTableProps {
  rules: readonly AddressRule[];
  names: AddressRulesAnswer['names'];
  onChange: (rules: AddressRule[]) => void;
  onEdit: (at: number) => void;
}

/** The rules in the order in which they are asked. */
export function AddressRulesTable({ rules, names, onChange, onEdit }: AddressRulesTableProps) {
  const { t } = useTranslation();
  const session = useSession();
  if (rules.length === 0) return <p className="tp-faint">{t('safety.noRules')}</p>;
  const move = (from: number, to: number) => {
    const [moved, ...rest] = [rules[from] as AddressRule, ...rules.slice(0, from), ...rules.slice(from + 1)];
    onChange(rest.toSpliced(to, 0, moved));
  };
  return (
    <table className="tp-plain tp-rules">
      <thead>
        <tr>
          <th style={{ width: 32 }} aria-label="#" />
          <th>{t('safety.who')}</th>
          <th>{t('safety.where')}</th>
          <th>{t('safety.when')}</th>
          <th>{t('safety.effect')}</th>
          <th>{t('safety.remark')}</th>
          <th style={{ width: 140 }} aria-label={t('general.edit')} />
        </tr>
      </thead>
      <tbody>
        {toldApart(rules).map(({ key, row: rule }, at) => (
          <tr key={key}>
            <td className="tp-faint">{at + 1}</td>
            <td>{whoText(rule, names, t)}</td>
            <td>{rule.addresses.length === 0 ? t('safety.everywhere') : rule.addresses.join(' · ')}</td>
            <td>{whenText(rule, t)}</td>
            <td>
              <span className={`tp-state ${looks[rule.effect]}`}>{t(`safety.effects.${rule.effect}`)}</span>
              {rule.devicesOnly && rule.effect !== 'refuse' ? <div className="tp-faint">{t('devices.onlyApproved')}</div> : null}
              {rule.effect === 'limit' ? <div className="tp-faint">{limitText(rule, session, t)}</div> : null}
            </td>
            <td>{rule.remark}</td>
            <td style={{ whiteSpace: 'nowrap' }}>
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                aria-label={t('safety.moveUp')}
                disabled={at === 0}
                onClick={() => move(at, at - 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                aria-label={t('safety.moveDown')}
                disabled={at === rules.length - 1}
                onClick={() => move(at, at + 1)}
              />
              <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('general.edit')} onClick={() => onEdit(at)} />
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('general.remove')}
                onClick={() => onChange(rules.toSpliced(at, 1))}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const looks = { allow: 'tp-state-done', limit: 'tp-state-active', refuse: 'tp-state-waiting' } as const;

function whoText({ who }: AddressRule, names: AddressRulesAnswer['names'], t: TFunction): string {
  if (who.kind === 'everybody') return t('safety.everybody');
  return `${t(`safety.subjects.${who.kind}`)} · ${names[who.kind][who.id] ?? `#${who.id}`}`;
}

function whenText({ hours }: AddressRule, t: TFunction): string {
  if (hours === null) return t('safety.anyTime');
  const days = hours.days.length === 7 ? '' : hours.days.map((day) => t(`safety.weekdays.${weekdayKey(day)}`)).join(' ');
  return [days, `${hours.from}–${hours.to}`].filter(Boolean).join(' ');
}

function limitText({ lookOnly, areas }: AddressRule, session: Session, t: TFunction): string {
  const named = areas === null ? '' : areas.map((area) => session.words.areas[area] ?? area).join(' · ');
  return [lookOnly ? t('safety.lookOnly') : '', named].filter(Boolean).join(' · ');
}

import { useTranslation } from 'react-i18next';
import type { DoorsWhatIf } from '../../../../shared/contracts/whatIf.ts';

/** Who would be let in otherwise by other address rules, from where. */
export function DoorChanges({ rows }: DoorsWhatIf) {
  const { t } = useTranslation();
  return (
    <ul className="tp-changes">
      {rows.map(({ person: { id, name, department }, address, before, after }) => (
        <li key={`${id} ${address}`}>
          {t('people.doorsChange', {
            name,
            department,
            address,
            before: t(`safety.effects.${before}`),
            after: t(`safety.effects.${after}`),
          })}
        </li>
      ))}
    </ul>
  );
}

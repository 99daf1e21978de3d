import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Parameter } from '../../../../shared/contracts/parameters.ts';
import { decimalsMax } from '../../../../shared/kernel/decimals.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { useSession } from '../../api/session.tsx';

type Decimals = Extract<Parameter, { kind: 'decimals' }>;

interface DecimalsTableProps {
  parameters: readonly Decimals[];
  chosenFor: (key: string) => Value;
  onChange: (key: string, value: number | null) => void;
}

const kinds = ['price', 'quantity'] as const;

/** How many decimals unit prices and quantities have, type by type. */
export function DecimalsTable({ parameters, chosenFor, onChange }: DecimalsTableProps) {
  const { t } = useTranslation();
  const session = useSession();
  const byType = Map.groupBy(parameters, ({ type }) => type);
  const free = { value: -1, label: t('settings.decimalsFree') };
  const choices = [free, ...Array.from({ length: decimalsMax + 1 }, (_, count) => ({ value: count, label: String(count) }))];
  return (
    <table className="tp-plain">
      <thead>
        <tr>
          <th>{t('settings.type')}</th>
          {kinds.map((kind) => (
            <th key={kind}>{t(`settings.decimalsOf.${kind}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...byType].map(([type, own]) => (
          <tr key={type}>
            <td>{session.typeLabel(type)}</td>
            {kinds.map((kind) => {
              const parameter = own.find((one) => one.of === kind);
              if (!parameter) return <td key={kind} />;
              const value = chosenFor(parameter.key);
              return (
                <td key={kind}>
                  <Select
                    aria-label={`${session.typeLabel(type)} ${t(`settings.decimalsOf.${kind}`)}`}
                    style={{ width: 160 }}
                    value={typeof value === 'number' ? value : -1}
                    options={choices}
                    onChange={(chosen) => onChange(parameter.key, chosen === -1 ? null : chosen)}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

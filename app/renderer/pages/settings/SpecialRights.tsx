import { Checkbox } from 'antd';
import { specialRights } from '../../../../shared/kernel/specialRights.ts';
import { useSession } from '../../api/session.tsx';

/** Rights that are no operation on a type: seeing secrets, passing a guard, keeping the system. */
export function SpecialRights({
  rights,
  disabled,
  onChange,
}: {
  rights: readonly string[];
  disabled: boolean;
  onChange: (rights: string[]) => void;
}) {
  const { words } = useSession();
  return (
    <Checkbox.Group
      className="tp-special"
      disabled={disabled}
      value={[...rights]}
      onChange={(chosen) => onChange(chosen as string[])}
      options={specialRights.map((right) => ({ value: right, label: words.rights[right] ?? right }))}
    />
  );
}

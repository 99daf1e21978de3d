import { useSession } from '../api/session.tsx';
import { LinkSelect } from './LinkSelect.tsx';

interface LinkFilterProps {
  to: string;
  placeholder: string;
  width: number;
  value: number | null;
  onChange: (value: number | null) => void;
}

/** Narrows a page to one warehouse, category, item…; empty stands for all of them. */
export function LinkFilter({ to, placeholder, width, value, onChange }: LinkFilterProps) {
  const session = useSession();
  return (
    <div style={{ width }}>
      <LinkSelect to={to} allowClear label={session.typeLabel(to)} placeholder={placeholder} value={value} onChange={onChange} />
    </div>
  );
}

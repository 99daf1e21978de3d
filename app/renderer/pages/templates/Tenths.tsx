import { InputNumber } from 'antd';

/** Tenths shown as whole and decimal: 155 reads 15.5. */
export function Tenths({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <InputNumber
      controls={false}
      size="small"
      min={0}
      step={0.5}
      precision={1}
      value={value / 10}
      onChange={(typed) => onChange(Math.round((typed ?? 0) * 10))}
      style={{ width: 64 }}
    />
  );
}

import { useMemo } from 'react';
import { encode } from 'uqr';

/** A QR code, dark on white whatever the page looks like: cameras read it so. */
export function QrCode({ text, label, sidePx }: { text: string; label: string; sidePx: number }) {
  const { size, path } = useMemo(() => {
    const { data } = encode(text, { ecc: 'L', border: 3 });
    const cells = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: data.length, path: cells.join('') };
  }, [text]);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width={sidePx} height={sidePx} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** The mark of the house: a roof by the road, a light under it, and the first stroke of a T. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="Tradepost 商驿">
      <title>Tradepost 商驿</title>
      <rect width="32" height="32" rx="8" fill="#2557a7" />
      <path d="M7 13.5 16 7l9 6.5" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M10 17h12M16 17v8.5" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="16" cy="12.4" r="1.6" fill="#f2b544" />
    </svg>
  );
}

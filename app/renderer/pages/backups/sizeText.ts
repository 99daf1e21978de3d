const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** So many bytes as people say it: 1.5 MB. */
export function sizeText(bytes: number): string {
  const rank = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** rank;
  return `${rank === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[rank]}`;
}

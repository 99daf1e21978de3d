export const fileNameLengthMax = 200;

/**
 * A name from outside as it may be shown and saved: without folders, control and direction characters and signs that a file
 * system forbids, never a device of Windows, at most 200 characters with its ending kept. Where nothing is left it is `file`.
 */
export function cleanFileName(name: string): string {
  const bare = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const safe = isDevice(bare) ? `_${bare}` : bare;
  return shortened(safe) || 'file';
}

/** CON, con.txt and COM1.tar.gz all open the device. */
const isDevice = (name: string): boolean => /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i.test(name);

function shortened(name: string): string {
  const signs = Array.from(name);
  if (signs.length <= fileNameLengthMax) return name;
  const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(name)?.[0] ?? '';
  return (
    signs
      .slice(0, fileNameLengthMax - ending.length)
      .join('')
      .trimEnd() + ending
  );
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

/** One weight of the face we print in: its file, and how wide its text is. */
export interface Typeface {
  fileName: string;
  bytes: Buffer;
  /** Width of a text in points. Only what `printable` has let through may be asked. */
  widthOf(text: string, sizePt: number): number;
  has(codePoint: number): boolean;
}

export interface Typefaces {
  regular: Typeface;
  bold: Typeface;
}

/** Noto Sans SC whole, in two weights: no subset, because a rare name must never print as an empty box. */
export function loadTypefaces(): Typefaces {
  return { regular: load('400Regular/NotoSansSC_400Regular.ttf'), bold: load('700Bold/NotoSansSC_700Bold.ttf') };
}

/**
 * Text as it can be printed: control characters dropped, tabs as blanks, and 〓, which stands for a missing character in
 * East Asian print, for a character the face does not have. Line breaks stay.
 */
export function printable(text: string, { regular }: Typefaces): string {
  let result = '';
  for (const character of text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ')) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (character === '\n') result += character;
    else if (isInvisible(character)) continue;
    else result += regular.has(codePoint) ? character : missing;
  }
  return result;
}

const missing = '〓';

/** Controls, marks of writing direction, joiners and variation selectors: they would show as boxes or turn text around. */
const isInvisible = (character: string) => /[\p{Cc}\p{Cf}\p{Variation_Selector}\p{Cs}]/u.test(character);

function load(file: string): Typeface {
  const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${file}`);
  const bytes = readFileSync(path);
  const font = create(bytes);
  const widths = new Map<string, number>();
  const widthInEm = (character: string) => {
    const known = widths.get(character);
    if (known !== undefined) return known;
    const width = font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / font.unitsPerEm;
    widths.set(character, width);
    return width;
  };
  return {
    fileName: file.slice(file.indexOf('/') + 1),
    bytes,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    widthOf: (text, sizePt) => {
      let em = 0;
      for (const character of text) em += widthInEm(character);
      return em * sizePt;
    },
  };
}

import type { Typeface } from './fonts.ts';

/**
 * A text in lines no wider than `widthPt`. Chinese breaks between any two characters except before closing and
 * after opening punctuation; a word of letters and digits stays whole while a line can hold it.
 */
export function wrapText(text: string, type: { face: Typeface; sizePt: number; widthPt: number }): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, type));
}

function wrapParagraph(text: string, { face, sizePt, widthPt }: { face: Typeface; sizePt: number; widthPt: number }): string[] {
  // A hair of tolerance: widths that were reckoned from this very text must hold it.
  const fits = (line: string) => face.widthOf(line.trimEnd(), sizePt) <= widthPt + 0.01;
  if (fits(text)) return [text.trimEnd()];
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    if (fits(line + word)) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    const pieces = fits(word) ? [word] : breakAnywhere(word, fits);
    lines.push(...pieces.slice(0, -1));
    line = (pieces.at(-1) ?? '').trimStart();
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Pieces that stay whole: a word with its punctuation and following blanks, or one Chinese character with its own. */
export function wordsOf(text: string): string[] {
  return (
    text.match(
      /[（【《〈「『“‘([{￥¥]*(?:[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}、-〟]+|.)[，。、；：！？）】》〉」』”’％…·,.;:!?)\]}%]*\s*/gsu,
    ) ?? []
  );
}

/** For a word wider than the line: as many characters on each line as it holds, at least one. */
function breakAnywhere(word: string, fits: (line: string) => boolean): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (piece !== '' && !fits(piece + character)) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}

/** About how wide a text stands: a Chinese character is as wide as it is high, a Latin letter little more than half. */
export function textWidthPx(text: string, sizePx: number): number {
  let width = 0;
  for (const letter of text) width += /[\u2e80-\uffef]/.test(letter) ? sizePx : sizePx * 0.55;
  return Math.ceil(width);
}

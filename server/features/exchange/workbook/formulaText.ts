/**
 * Whether a program that opens the text could take it for a formula. The full-width signs are included: Excel in East Asian settings
 * reads them as their narrow twins. Source: OWASP, CSV Injection.
 */
export function looksLikeFormula(text: string): boolean {
  return FORMULA_START.test(text);
}

/** How CSV carries such text: behind a quote, which stands for itself no more; text that already had quotes there gets one more. */
export function withLeadingQuote(text: string): string {
  return QUOTED_FORMULA.test(text) ? `'${text}` : text;
}

/** The original of withLeadingQuote. */
export function withoutLeadingQuote(text: string): string {
  return text.startsWith("'") && QUOTED_FORMULA.test(text) ? text.slice(1) : text;
}

const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED_FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

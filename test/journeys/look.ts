import type { Page } from 'playwright-core';

/** What a person sees of a page, and what is wrong with how it looks. */
export interface Look {
  readonly place: string;
  readonly title: string;
  /** Every text on the screen, in labels for screen readers, in empty fields and behind the mouse. */
  readonly texts: string[];
  /** What is wider than the window or its page. */
  readonly overflow: string[];
  /** Texts that hardly stand out from what is behind them: below 4.5 to 1, or 3 to 1 where they are large. */
  readonly faint: string[];
}

/** Takes in everything that is on the page now. */
export async function lookAt(page: Page, place: string): Promise<Look> {
  const seen = (await page.evaluate(takeIn)) as Omit<Look, 'place'>;
  return { place, ...seen };
}

// Runs in the page, where TypeScript does not reach.
const takeIn = `(() => {
  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
  };
  const texts = [];
  const faint = [];
  const backgrounds = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (text === '' || !element || ['SCRIPT', 'STYLE'].includes(element.tagName) || !isSeen(element)) continue;
    texts.push(text);
    if (isDisabled(element)) continue;
    const ratio = contrastOf(element);
    const style = getComputedStyle(element);
    const sizePx = parseFloat(style.fontSize);
    const isLarge = sizePx >= 24 || (sizePx >= 18.5 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) faint.push(text.slice(0, 20) + ' ' + ratio.toFixed(2) + ' (' + (element.className || element.tagName) + ')');
  }
  for (const element of document.querySelectorAll('[placeholder],[title],[aria-label]')) {
    if (!isSeen(element)) continue;
    for (const name of ['placeholder', 'title', 'aria-label']) if (element.getAttribute(name)) texts.push(element.getAttribute(name));
  }
  const overflow = ['html', '.tp-content', '.tp-page', '.tp-settings', '.tp-sheet-main'].flatMap((selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => selector + ' is ' + (element.scrollWidth - element.clientWidth) + ' px too wide'));
  const title = document.querySelector('h1, .ant-result-title, .tp-empty')?.textContent ?? '';
  return { title, texts, overflow, faint };

  function isDisabled(element) {
    return element.closest('[disabled], [aria-disabled=true], .ant-btn[disabled], .ant-select-disabled, .ant-input-disabled, .ant-checkbox-wrapper-disabled, .ant-radio-wrapper-disabled, .ant-menu-item-disabled, .ant-steps-item-wait') !== null;
  }
  function contrastOf(element) {
    const behind = backgroundOf(element);
    const [light, dark] = [luminance(over(colorOf(getComputedStyle(element).color), behind)), luminance(behind)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function backgroundOf(element) {
    if (!element) return document.documentElement.dataset.scheme === 'dark' ? [0, 0, 0, 1] : [255, 255, 255, 1];
    if (!backgrounds.has(element)) {
      const color = colorOf(getComputedStyle(element).backgroundColor);
      backgrounds.set(element, color[3] === 1 ? color : over(color, backgroundOf(element.parentElement)));
    }
    return backgrounds.get(element);
  }
  function colorOf(text) {
    const numbers = (text.match(/[\\d.]+/g) ?? []).map(Number);
    if (text.startsWith('color(srgb')) return [numbers[0] * 255, numbers[1] * 255, numbers[2] * 255, numbers[3] ?? 1];
    return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 1];
  }
  function over(above, below) {
    const share = above[3];
    return [0, 1, 2].map((at) => above[at] * share + below[at] * (1 - share)).concat(1);
  }
  function luminance(color) {
    const [red, green, blue] = color.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
})()`;

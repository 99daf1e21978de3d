import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface ReadPage {
  /** In points. */
  width: number;
  height: number;
  text: string;
  words: { text: string; left: number; right: number; top: number; bottom: number }[];
}

/** A PDF as its reader sees it: page boxes and where which text stands, from the upper left corner. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPage[]> {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = page.view;
    const content = await page.getTextContent();
    const words = content.items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , , left = 0, baseline = 0] = item.transform as number[];
      return [{ text: item.str, left, right: left + item.width, top: y2 - baseline - item.height, bottom: y2 - baseline }];
    });
    pages.push({ width: x2 - x1, height: y2 - y1, words, text: words.map((word) => word.text).join('\n') });
  }
  await document.loadingTask.destroy();
  return pages;
}

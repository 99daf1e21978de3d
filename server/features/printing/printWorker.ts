import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { composePages } from './composePages.ts';
import { drawPdf, type Paper, preparePdf } from './drawPdf.ts';
import { loadTypefaces } from './fonts.ts';
import { labelPapers } from './labels.ts';
import { picturesOf } from './pictures.ts';
import type { PrintAnswer } from './printPool.ts';
import { type PrintRequest, settingOf } from './setting.ts';

// A thread of its own: laying out a long document takes longer than a person may wait for the next key.
const port = parentPort;
if (port === null) throw new Error('the print worker runs as a worker thread');
const faces = loadTypefaces();
preparePdf(faces);
port.on('message', (requests: readonly PrintRequest[]) => {
  void answer(requests).then((result) => port.postMessage(result, result.pdf === undefined ? [] : [result.pdf.buffer]));
});

async function answer(requests: readonly PrintRequest[]): Promise<PrintAnswer> {
  try {
    const isLabels = requests.some(({ template, copies }) => copies !== undefined || template.labels !== undefined);
    const [first, ...others] = isLabels ? labelPapers(requests, faces) : requests.map(paperOf);
    if (first === undefined) throw new Error('nothing to print');
    const bytes = await drawPdf([first, ...others]);
    // A copy of exactly its own size, so that the memory can be handed over.
    return { pdf: new Uint8Array(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, facts: error.facts, fields: error.fields } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function paperOf(request: PrintRequest): Paper {
  const setting = settingOf(request, faces, picturesOf(request.data));
  return { pages: composePages(setting), setting };
}

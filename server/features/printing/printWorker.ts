import { parentPort } from 'node:worker_threads';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { composePages } from './composePages.ts';
import { drawPdf, preparePdf } from './drawPdf.ts';
import { loadTypefaces } from './fonts.ts';
import { picturesOf } from './pictures.ts';
import type { PrintAnswer } from './printPool.ts';
import { type PrintRequest, settingOf } from './setting.ts';

// A thread of its own: laying out a long document takes longer than a person may wait for the next key.
const port = parentPort;
if (port === null) throw new Error('the print worker runs as a worker thread');
const faces = loadTypefaces();
preparePdf(faces);
port.on('message', (request: PrintRequest) => {
  void answer(request).then((result) => port.postMessage(result, result.pdf === undefined ? [] : [result.pdf.buffer]));
});

async function answer(request: PrintRequest): Promise<PrintAnswer> {
  try {
    const setting = settingOf(request, faces, picturesOf(request.data));
    const bytes = await drawPdf(composePages(setting), setting);
    // A copy of exactly its own size, so that the memory can be handed over.
    return { pdf: new Uint8Array(bytes) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: { code: error.code, facts: error.facts, fields: error.fields } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

import { writeFileSync, mkdirSync } from 'node:fs';
import { renderPdf, closePrinting } from '../../server/features/printing/renderPdf.ts';
import { standardTemplates } from '../../shared/printing/standardTemplates.ts';
import { commercialData, receiptData, statementData } from './samples.ts';
mkdirSync('/tmp/pdfs',{recursive:true});
const only = process.argv[2];
for (const t of standardTemplates) for (const l of ['zh-CN','zh-TW','en'] as const) for (const n of [3, 25]) {
  const name=`${t.name}-${l}-${n}`;
  if (only && !name.includes(only)) continue;
  const d = t.type==='receipt'?receiptData(l,n===3?2:12):t.type==='customerStatement'?statementData(l,n):commercialData(t.type,l,n);
  const t0=performance.now();
  writeFileSync(`/tmp/pdfs/${name}.pdf`, await renderPdf(t,d,{language:l}));
  console.log(name, Math.round(performance.now()-t0));
}
await closePrinting();

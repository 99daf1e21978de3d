import { loadTypefaces } from '../../server/features/printing/fonts.ts';
import { composePages } from '../../server/features/printing/composePages.ts';
import { drawPdf, preparePdf } from '../../server/features/printing/drawPdf.ts';
import { settingOf } from '../../server/features/printing/setting.ts';
import { quotation } from '../../shared/printing/standard/quotation.ts';
import { commercialData } from './samples.ts';
const faces=loadTypefaces(); preparePdf(faces);
for (const n of [3,25,2000]) { console.time('c'+n);
const s=settingOf({template:quotation,data:commercialData('quotation','zh-CN',n),language:'zh-CN'},faces,new Map());
const p=composePages(s); console.timeEnd('c'+n); console.log(p.length);
const b=await drawPdf(p,s); console.timeEnd('c'+n); console.log(b.length);}

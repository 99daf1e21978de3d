import { profiled } from './zz_prof.ts';
import { test, expect } from 'vitest';
import { openOffice, stores, expectProven } from '../scenarios/office.ts';
import { upload, check, commit, countOf } from './importing.ts';
import { readWorkbook } from '../../server/features/exchange/workbook/readWorkbook.ts';
import { writeWorkbook } from '../../server/features/exchange/workbook/writeWorkbook.ts';
import { readFile } from 'node:fs/promises';
import { ExactSqliteClient } from '../../server/database/engines/sqliteClient.ts';
const spent = new Map<string,[number,number]>();
const orig = (ExactSqliteClient.prototype as any)._query;
(ExactSqliteClient.prototype as any)._query = function (c: any, obj: any) { const t=performance.now(); const r = orig.call(this, c, obj); const d=performance.now()-t; const k=String(obj.sql).slice(0,46); const e=spent.get(k)??[0,0]; e[0]+=d; e[1]++; spent.set(k,e); return r; };
const H=['客户名称','简称','客户等级','所属行业','省份','城市','地址','联系人','职务','手机','电话','邮箱','税号','开户行','银行账号','客户来源','信用额度','负责人','备注','邮编'];
async function big(n:number){ const cells:any[][]=[]; const r=await readWorkbook('/work/main/test/data/customers.xlsx'); for await (const x of r.rows()) cells.push(x.cells.map((c:any)=>c.text??''));
 const base=cells.slice(1,500).filter(c=>c[0].trim() && !/^[=+]/.test(c[0]));
 const rows=Array.from({length:n},(_,i)=>{ const c=[...base[i%base.length]!]; const tag=String.fromCharCode(0x4e00+(i%5000))+String.fromCharCode(0x5e00+Math.floor(i/5000)*7); c[0]=tag+c[0]; c[1]=tag; while(c.length<19)c.push(''); c[12]=''; c[9]='139'+String(10000000+i); c[19]='0300'+(i%90+10); c[16]=String(50000+i); return c;});
 await writeWorkbook('/tmp/big.xlsx',{sheets:[{name:'x',columns:H.map((header,i)=>({header,kind:i===16?'number' as const:'text' as const})),rows}]}); }
const only = process.env.ENGINE ?? 'sqlite';
test.each(stores.filter(s=>s.name===only))('$name', async (kind) => {
  await big(20000);
  const office = await openOffice(kind);
  let t=performance.now();
  { const r=await readWorkbook('/tmp/big.xlsx'); const all:any[]=[]; for await (const x of r.rows()) all.push(x.cells.map((c:any)=>c.text??null)); console.log('bare read', performance.now()-t, all.length);
    const t2=performance.now();
    await office.company.store.write(async tx=>{ await tx.raw('create table bare ('+H.map((_,i)=>'c'+i+' text').join(',')+')'); for(let s=0;s<all.length;s+=1000) await tx('bare').insert(all.slice(s,s+1000).map(a=>Object.fromEntries(H.map((_,i)=>['c'+i,a[i]??null])))); });
    console.log('bare insert', performance.now()-t2, 'total bare', performance.now()-t); }
  let worst=0, last=performance.now(); const iv=setInterval(()=>{ const n=performance.now(); worst=Math.max(worst,n-last-5); last=n; },5);
  t=performance.now(); const t0=t; const bytes=await readFile('/tmp/big.xlsx'); worst=0;
    const id = await upload(office,'admin','customer',bytes); console.log('upload',performance.now()-t,'worst',worst); t=performance.now(); worst=0;
    const c = await check(office,'admin',id); console.log('check',performance.now()-t, c.state, c.counts, c.waiting, c.remarks, c.missing.length, c.problem,'worst',worst); spent.clear(); t=performance.now(); worst=0;
    const { jobOf } = await import('../../server/features/exchange/import/jobs.ts'); const marks:string[]=[]; const t9=performance.now(); const pv=setInterval(()=>{ const j=jobOf(office.company,id); if(!j) return; const n=Math.floor(j.progress.done/5000); if(marks.length<=n || (marks.length===0 && j.progress.total)) marks.push(n+'@'+(performance.now()-t9).toFixed(0)); },3);
    const d = await profiled('commit',()=>commit(office,'admin',id,{decisions:{all:'skip'}})); clearInterval(pv); console.log(marks.join(' ')); console.log('commit',performance.now()-t,d.state,d.result,d.problem,'worst',worst); console.log('TOTAL', performance.now()-t0, process.memoryUsage().rss/1e6);
  clearInterval(iv); console.log([...spent].sort((a,b)=>b[1][0]-a[1][0]).slice(0,14).map(([k,[d,n]])=>d.toFixed(0).padStart(7)+' '+n+' '+k).join('\n'));
  await office.close();
}, 240000);

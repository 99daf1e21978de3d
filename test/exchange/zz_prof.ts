import { Session } from 'node:inspector/promises';
export async function profiled<T>(label: string, run: () => Promise<T>): Promise<T> {
  const s = new Session(); s.connect(); await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval',{interval:1000}); await s.post('Profiler.start');
  const r = await run(); const { profile } = await s.post('Profiler.stop') as any; s.disconnect();
  const self = new Map<string, number>(); const dt = profile.timeDeltas; const byId = new Map(profile.nodes.map((n:any)=>[n.id,n]));
  const parent = new Map<number,number>(); for (const n of profile.nodes) for (const c of n.children??[]) parent.set(c,n.id);
  const total = new Map<string, number>();
  profile.samples.forEach((id:number,i:number)=>{ const n:any=byId.get(id); const name=(n:any)=>n.callFrame.functionName+' '+n.callFrame.url.split('/').slice(-2).join('/')+':'+n.callFrame.lineNumber; self.set(name(n),(self.get(name(n))??0)+dt[i]); const seen=new Set<string>(); for(let c:any=id;c!==undefined;c=parent.get(c)){ const k=name(byId.get(c)); if(!seen.has(k)){seen.add(k); total.set(k,(total.get(k)??0)+dt[i]);} } });
  const show=(m:Map<string,number>,k:number)=>[...m].sort((a,b)=>b[1]-a[1]).slice(0,k).map(([n,t])=>(t/1000).toFixed(0).padStart(7)+' '+n).join('\n');
  console.log(label+' SELF\n'+show(self,25)+'\nTOTAL\n'+show(total,60)); return r; }

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import { codingFor, suffixes } from './coding.ts';

/** Gives out the client's pages: packed, as the build has laid them beside the plain ones, to every browser that can unpack them. */
export function serveScreens(app: Express, screens: string): void {
  const assets = join(screens, 'assets');
  const known = new Set(existsSync(assets) ? readdirSync(assets) : []);
  const lasting = { immutable: true, maxAge: '30d' } as const;
  app.get('/assets/:name', (request: Request, response: Response, next) => {
    const name = String(request.params.name);
    response.vary('Accept-Encoding');
    const coding = codingFor(request, (one) => known.has(name + suffixes[one]));
    if (coding === null) return next();
    response.setHeader('Content-Encoding', coding);
    response.type(name);
    response.sendFile(join(assets, name + suffixes[coding]), { ...lasting, acceptRanges: false });
  });
  app.use(express.static(screens, { index: false, ...lasting, redirect: false }));
  // Every address of the client is one page; it finds its own way.
  app.get(/^\/(?!api\/|socket\.io\/|assets\/).*/, (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(screens, 'index.html'));
  });
}

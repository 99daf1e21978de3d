import type { Express, Request, Response } from 'express';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { findClientFile } from '../clients/installers.ts';

/**
 * Gives out the installers of the desktop client and the feed that clients follow, to whoever asks: a computer that has no client yet has
 * nobody signed in. Only names that are known as such, and only files of these folders themselves; parts of files too.
 */
export function serveClientFiles(app: Express, folders: () => readonly string[]): void {
  app.get('/clients/:name', (request: Request, response: Response, next) => {
    const found = findClientFile(folders(), String(request.params.name));
    if (!found) throw new Refusal('route.unknown');
    response.setHeader('Content-Type', found.mediaType);
    response.setHeader('Content-Disposition', 'attachment');
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(found.path, { cacheControl: false, dotfiles: 'allow' }, (fault) => {
      // A caller that hung up was answered as far as it listened.
      if (!fault || response.headersSent) return;
      if ('status' in fault && fault.status === 416) response.status(416).end();
      else next(fault);
    });
  });
  app.use('/clients', () => {
    throw new Refusal('route.unknown');
  });
}

import type { ClientSystem } from '../../../../shared/contracts/clients.ts';

/** The system a browser says it runs on; null for phones, tablets and what is none of those there are programs for. */
export function systemOf(userAgent: string): ClientSystem | null {
  if (/Android|iPhone|iPad|Mobile/.test(userAgent)) return null;
  if (userAgent.includes('Windows')) return 'windows';
  if (userAgent.includes('Macintosh')) return 'mac';
  return /Linux|X11/.test(userAgent) ? 'linux' : null;
}

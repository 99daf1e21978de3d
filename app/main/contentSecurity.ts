/**
 * What a page of ours may load and reach: its own files, pictures and PDF previews it makes itself, and calls to the paired
 * server alone. `server` is an origin such as 'http://192.168.1.10:7180', null while none is paired.
 */
export function contentSecurityPolicy(server: string | null): string {
  const socket = server?.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    // antd writes its styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src ${[server, socket].filter(Boolean).join(' ') || "'none'"}`,
    'frame-src blob:',
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The headers of every answer under our own scheme. */
export function pageHeaders(server: string | null, mediaType: string): Record<string, string> {
  return {
    'Content-Type': mediaType,
    'Content-Security-Policy': contentSecurityPolicy(server),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

/** The browser and system in a user agent, as far as a person would say it. */
export function browserOf(userAgent: string | null): string {
  const agent = userAgent ?? '';
  const browser = /Electron/.test(agent) ? 'Tradepost' : (/(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? '').replace('Edg', 'Edge');
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(agent)?.[1]?.replace('Mac OS X', 'macOS') ?? '';
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 40);
}

/** What to tell a person when there is no browser for the journeys. */
export const howToGetChromium: string;
/** Path of a Chromium on this machine. */
export function findChromium(): string | undefined;

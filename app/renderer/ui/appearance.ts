import { useDevicePreference } from './preference.ts';

export const schemes = ['light', 'dark', 'system'] as const;
export type Scheme = (typeof schemes)[number];
export const densities = ['compact', 'standard', 'roomy'] as const;
export type Density = (typeof densities)[number];

export interface Appearance {
  scheme: Scheme;
  density: Density;
}

/** How the screen looks on this computer. */
export function useAppearance(): [Appearance, (change: Partial<Appearance>) => void] {
  const [appearance, keep] = useDevicePreference<Appearance>('appearance', initial);
  return [appearance, (change) => keep({ ...appearance, ...change })];
}

const initial: Appearance = { scheme: 'light', density: 'compact' };

/** Heights in pixels that rows and controls take in each density. */
export const rowHeightsPx: Readonly<Record<Density, number>> = { compact: 26, standard: 32, roomy: 40 };

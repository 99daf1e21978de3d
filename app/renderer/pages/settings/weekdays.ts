const keys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The word of a day of the week: 1 is Monday, 7 is Sunday. */
export const weekdayKey = (day: number): (typeof keys)[number] => keys[day - 1] ?? 'mon';

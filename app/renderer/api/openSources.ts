/** The field by which documents that can become another are looked for: whose they are. */
export const partyField = 'customer';

/** What an open row speaks of besides its amount: the thing, and where it lies. */
export const thingField = 'item';
export const placeField = 'warehouse';

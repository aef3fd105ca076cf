export const SLOTS_PER_RECORD = 8192;

/** A record and a slot in it, as one number: positions of a log stay far below 2⁵³ / 8192. */
export const placeOf = (record: number, slot: number): number => record * SLOTS_PER_RECORD + slot;
export const recordOfPlace = (place: number): number => Math.floor(place / SLOTS_PER_RECORD);
export const slotOfPlace = (place: number): number => place % SLOTS_PER_RECORD;

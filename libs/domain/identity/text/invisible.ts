/** Characters that take no room, as the inside of a character class: soft hyphen, joiners, direction marks, byte order mark. */
export const INVISIBLE = String.raw`\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff`;

/** Spaces of every kind, as the inside of a character class. */
export const SPACE = String.raw`\s\u0085`;

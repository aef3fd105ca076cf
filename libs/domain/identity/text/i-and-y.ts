const PERHAPS_Y = /[yỳýỷỹỵ](?![a-z])|qu[yỳýỷỹỵ]/;
const ONSETS = 'b|ch?|d|đ|gh?|h|kh?|l|m|n(?:gh?|h)?|ph?|r|s|t[hr]?|v|x';
const ALONE = new RegExp(
  String.raw`(?<![\p{L}\p{M}])((?:${ONSETS})?)([yỳýỷỹỵ])(?![\p{L}\p{M}])|(?<=(?<![\p{L}\p{M}])qu)([yỳýỷỹỵ])(?=(?:nh|ch|t|p)?(?![\p{L}\p{M}]))`,
  'gu',
);
const Y_ROW = 'yỳýỷỹỵ';
const I_ROW = 'iìíỉĩị';

/**
 * Writes i for y where a Vietnamese syllable may be spelt with either: alone or after its consonant (lý → lí, vỹ → vĩ,
 * ý → í), and after qu (quý → quí, quỳnh → quình). In uy, ay, ây and yê they are different sounds and stay.
 */
export function writeI(text: string): string {
  return PERHAPS_Y.test(text) ? text.replace(ALONE, toI) : text;
}

function toI(_match: string, onset = '', alone = '', afterQu = ''): string {
  return onset + I_ROW.charAt(Y_ROW.indexOf(alone === '' ? afterQu : alone));
}

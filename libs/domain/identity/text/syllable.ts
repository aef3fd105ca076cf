/** The spelling of Vietnamese syllables: what tells a decoded name from garbage. */

const BACK_ONSETS = ['c', 'g', 'ng'];
const FRONT_ONSETS = ['gh', 'k', 'ngh'];
const FREE_ONSETS = [
  '',
  'b',
  'ch',
  'd',
  'đ',
  'gi',
  'h',
  'kh',
  'l',
  'm',
  'n',
  'nh',
  'p',
  'ph',
  'r',
  's',
  't',
  'th',
  'tr',
  'v',
  'x',
];
const ONSETS = new Set([...BACK_ONSETS, ...FRONT_ONSETS, ...FREE_ONSETS, 'q', 'qu']);
const LONGEST_ONSET = 3;

/** Rimes without tone; the vowel that bears the tone comes after a bar. */
const RIMES = `
|a |ac |ach |ai |am |an |ang |anh |ao |ap |at |au |ay |ăc |ăm |ăn |ăng |ăp |ăt |âc |âm |ân |âng |âp |ât |âu |ây
|e |ec |em |en |eng |eo |ep |et |ê |êch |êm |ên |ênh |êp |êt |êu |i |ich |im |in |inh |ip |it |iu |ia i|êc i|êm i|ên i|êng i|êp i|êt i|êu
|o |oc |oi |om |on |ong |op |ot o|ong o|oc |oa o|a o|ac o|ach o|ai o|am o|an o|ang o|anh o|ao o|ap o|at o|ay
o|ăc o|ăm o|ăn o|ăng o|ăt |oe o|e o|en o|eo o|et |ô |ôc |ôi |ôm |ôn |ông |ôp |ôt |ơ |ơi |ơm |ơn |ơp |ơt
|u |uc |ui |um |un |ung |up |ut |ua u|ân u|âng u|ât u|ây u|ê u|êch u|ênh u|ôc u|ôi u|ôm u|ôn u|ông u|ôt u|ơ
|uy u|y u|ych u|yn u|ynh u|yp u|yt u|yu u|ya uy|ên uy|êt |ư |ưa |ưc |ưi |ưng |ưt |ưu
ư|ơc ư|ơi ư|ơm ư|ơn ư|ơng ư|ơp ư|ơt ư|ơu |y y|ên y|êm y|êng y|êt y|êu`;

/** Plain, grave, acute, hook, tilde, dot below. */
export const TONED_VOWELS = [
  'aàáảãạ',
  'ăằắẳẵặ',
  'âầấẩẫậ',
  'eèéẻẽẹ',
  'êềếểễệ',
  'iìíỉĩị',
  'oòóỏõọ',
  'ôồốổỗộ',
  'ơờớởỡợ',
  'uùúủũụ',
  'ưừứửữự',
  'yỳýỷỹỵ',
] as const;
const ACUTE_AND_DOT = [2, 5];

const TONED_RIMES = buildTonedRimes();

/** Spellings of place names that keep a k from other languages. */
const BORROWED = new Set(['kạn', 'kôn', 'đắk', 'đăk', 'đak', 'lắk', 'lăk', 'búk', 'jút']);

/** Whether a word, in lower case and NFC, is spelt as a Vietnamese syllable; the tone of an open oa, oe, uy may stand on either vowel. */
export function isSyllable(word: string): boolean {
  for (let length = Math.min(LONGEST_ONSET, word.length - 1); length >= 0; length--) {
    const onset = word.slice(0, length);
    if (ONSETS.has(onset) && TONED_RIMES.has(word.slice(length)) && agree(onset, word, length)) return true;
  }
  return BORROWED.has(word);
}

/** c, g and ng do not stand before e, ê, i and y, where k, gh and ngh are written; g does before i (gì). qu takes no o and u. */
function agree(onset: string, word: string, at: number): boolean {
  const front = FRONT_LETTERS.has(word.charAt(at));
  if (onset === 'q') return word.charAt(at) === 'u';
  if (onset === 'qu') return !ROUND_LETTERS.has(word.charAt(at));
  if (onset === 'g' && front) return !E_LETTERS.has(word.charAt(at));
  if (BACK_ONSETS.includes(onset)) return !front;
  if (FRONT_ONSETS.includes(onset)) return front;
  return true;
}

const E_LETTERS = new Set('eèéẻẽẹêềếểễệ');
const ROUND_LETTERS = new Set('oòóỏõọuùúủũụưừứửữự');
const FRONT_LETTERS = new Set('eèéẻẽẹêềếểễệiìíỉĩịyỳýỷỹỵ');

function buildTonedRimes(): Set<string> {
  const toned = new Map(TONED_VOWELS.map((row) => [row.charAt(0), row]));
  const rimes = new Set<string>();
  for (const entry of RIMES.trim().split(/\s+/)) {
    const bar = entry.indexOf('|');
    const rime = entry.replace('|', '');
    const row = toned.get(rime.charAt(bar)) ?? '';
    const stopped = /(?:c|ch|p|t)$/.test(rime);
    for (let tone = 0; tone < row.length; tone++) {
      if (stopped && !ACUTE_AND_DOT.includes(tone)) continue;
      rimes.add(rime.slice(0, bar) + row.charAt(tone) + rime.slice(bar + 1));
    }
  }
  return rimes;
}

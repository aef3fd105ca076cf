/** Names to try, invented from common words, and writers of the legacy encodings, told independently of the readers' tables. */

const GIVEN = 'An Hòa Hoá Thủy Khỏe Mỹ Ước Quế Tuấn Hương Lan Phượng Dũng Hải Vỹ Quý Sơn Tâm Duyên Hưng Đạt'.split(' ');
const FAMILY = 'Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'.split(' ');
const MIDDLE = 'Văn Thị Đức Ngọc Hữu Quốc'.split(' ');

export const VIETNAMESE_NAMES: readonly string[] = FAMILY.flatMap((family, i) =>
  GIVEN.map((given, j) => `${family} ${MIDDLE[(i + j) % MIDDLE.length] ?? ''} ${given}`),
);

export const FOREIGN_NAMES: readonly string[] = `
Loïc Thaï Anaïs Gaël Noël Joël Raphaël Michaël Maëlys Chloé Zoé Zoë Léa Léo René Renée André Hélène Cécile Geneviève François
Benoît Hervé Jérôme Stéphane Agnès Inès Célia Thérèse Gérard Frédéric Sébastien Édouard Étienne Éloïse Eloï Moïse Raïssa Aïda
Aïcha Maï Aïn Haïm Jaël Saül Raúl Saúl José María Jesús Ángel Sofía Lucía Martín Sebastián Andrés Íñigo Iñaki Begoña Muñoz Núñez
Peña Ibáñez Ñuñez João Simão Conceição Gonçalves Guimarães Magalhães Falcão Leão Antão Brandão Luís Mário Müller Schröder Schäfer
Köhler König Krüger Günther Jürgen Jörg Björn Sören Søren Jørgen Bjørn Håkon Åse Åke Pär Märta Björk Þór Ægir Æsa Bø Hø Hå Mø Bö
Hö Lö Lü Nü Hü Mü Sü Tü Böhm Höhn Kühn Löw Röhl Möller Döring Höng Gül Ömer Öz Özil Ünal Gökhan Çelik Seán Siobhán Róisín Sinéad
Éamon Ciarán Oisín Órla Bríd Caoimhín Dónal Pádraig Breá Leá Máire Ágnes László Zoltán Gábor Béla Sándor Kovács Tóth Márta Éva
Väinö Päivi Jyväskylä Hämäläinen Mäkinen Seppälä Kõiv Mägi Tõnu Jõgi Põld Vâlcea Île Août Goût Coût Où Chloë Loë Daïm Haï Taï Naï
Roï Loïs Aloïs Citroën Israël Daniël Coëtquidan Saëns Staël Caën Noé Né Thé Hué Josué Pelé Café Señor Niño Año São Pão Irmã Lã Avó`
  .trim()
  .split(/\s+/);

const TCVN3 = {
  à: 'B5 B8 B6 B7 B9',
  ă: 'A8 BB BE BC BD C6',
  â: 'A9 C7 CA C8 C9 CB',
  đ: 'AE',
  è: 'CC D0 CE CF D1',
  ê: 'AA D2 D5 D3 D4 D6',
  ì: 'D7 DD D8 DC DE',
  ò: 'DF E3 E1 E2 E4',
  ô: 'AB E5 E8 E6 E7 E9',
  ơ: 'AC EA ED EB EC EE',
  ù: 'EF F3 F1 F2 F4',
  ư: 'AD F5 F8 F6 F7 F9',
  ỳ: 'FA FD FB FC FE',
  Ă: 'A1',
  Â: 'A2',
  Đ: 'A7',
  Ê: 'A3',
  Ô: 'A4',
  Ơ: 'A5',
  Ư: 'A6',
};
const ROWS = Array.from(
  'aàáảãạ ăằắẳẵặ âầấẩẫậ đ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ'.split(' '),
);
const TCVN3_BYTES = new Map(
  Object.entries(TCVN3).flatMap(([first, bytes]) => {
    const row = ROWS.find((letters) => letters.includes(first)) ?? first;
    const letters = row.slice(row.indexOf(first));
    return bytes.split(' ').map((byte, i) => [letters.charAt(i), String.fromCharCode(parseInt(byte, 16))] as const);
  }),
);

export function encodeTcvn3(text: string): string {
  return Array.from(text, (letter) => TCVN3_BYTES.get(letter) ?? TCVN3_BYTES.get(letter.toLowerCase()) ?? letter).join(
    '',
  );
}

const VNI = new Map(
  [
    ...'â aâ ầ aà ấ aá ẩ aå ẫ aã ậ aä ê eâ ề eà ế eá ể eå ễ eã ệ eä ô oâ ồ oà ố oá ổ oå ỗ oã ộ oä'.matchAll(
      /(\S) (\S+)/g,
    ),
    ...'ă aê ằ aè ắ aé ẳ aú ẵ aü ặ aë ơ ô ư ö đ ñ ì ì í í ỉ æ ĩ ó ị ò ỵ î ỷ yû ỹ yõ ỳ yø ý yù'.matchAll(/(\S) (\S+)/g),
    ...'ờ ôø ớ ôù ở ôû ỡ ôõ ợ ôï ừ öø ứ öù ử öû ữ öõ ự öï ù uø ú uù ủ uû ũ uõ ụ uï'.matchAll(/(\S) (\S+)/g),
    ...'à aø á aù ả aû ã aõ ạ aï è eø é eù ẻ eû ẽ eõ ẹ eï ò oø ó où ỏ oû õ oõ ọ oï'.matchAll(/(\S) (\S+)/g),
  ].map(([, letter = '', typed = '']) => [letter, typed] as const),
);

export function encodeVni(text: string): string {
  return Array.from(text, (letter) => {
    const typed = VNI.get(letter.toLowerCase());
    if (typed === undefined) return letter;
    return letter === letter.toLowerCase() ? typed : typed.toUpperCase();
  }).join('');
}

const VIQR_MARKS: Readonly<Record<string, string>> = {
  '\u0302': '^',
  '\u0306': '(',
  '\u031b': '+',
  '\u0300': '`',
  '\u0301': "'",
  '\u0309': '?',
  '\u0303': '~',
  '\u0323': '.',
};

export function encodeViqr(text: string): string {
  return Array.from(text, (letter) => {
    const plain = { đ: 'dd', Đ: 'DD' }[letter];
    if (plain !== undefined) return plain;
    const [base = '', ...marks] = Array.from(letter.normalize('NFD'));
    const typed = marks.map((mark) => VIQR_MARKS[mark] ?? mark);
    return (
      base +
      typed.filter((mark) => '^(+'.includes(mark)).join('') +
      typed.filter((mark) => !'^(+'.includes(mark)).join('')
    );
  }).join('');
}

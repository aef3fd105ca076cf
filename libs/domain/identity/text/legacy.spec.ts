import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { casedText, decodeTcvn3, decodedText, decodeViqr, decodeVni, recogniseLegacy } from '../index.ts';
import { encodeTcvn3, encodeViqr, encodeVni, FOREIGN_NAMES, VIETNAMESE_NAMES } from './legacy.fixtures.ts';

const SMALL = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ';

describe('TCVN3', () => {
  it('reads every small letter, as iconv-lite writes it', () => {
    for (const letter of SMALL) {
      const byte = iconv.encode(letter, 'tcvn').toString('latin1');
      expect(decodeTcvn3(byte)).toBe(letter);
    }
  });

  it('reads its capitals without tone, and has no others', () => {
    for (const letter of 'ĂÂĐÊÔƠƯ') expect(decodeTcvn3(encodeTcvn3(letter))).toBe(letter);
    expect(decodeTcvn3(encodeTcvn3('Ế'))).toBe('ế');
  });

  it('writes a word of capitals in capitals', () => {
    expect(decodeTcvn3('NGUYÔN V¡N DòNG')).toBe('NGUYỄN VĂN DŨNG');
    expect(decodeTcvn3('TrÇn ThÞ Hµ')).toBe('Trần Thị Hà');
  });
});

describe('VNI', () => {
  it('reads every letter, small and capital', () => {
    for (const letter of SMALL + SMALL.toUpperCase()) expect(decodeVni(encodeVni(letter))).toBe(letter);
  });

  it.each([
    ['Myõ', 'Mỹ'],
    ['Öôùc', 'Ước'],
    ['ÖÔÙC', 'ƯỚC'],
    ['EÁ', 'Ế'],
    ['Queá', 'Quế'],
    ['Traàn Höng Ñaïo', 'Trần Hưng Đạo'],
    ['Huyønh Thò Kyû', 'Huỳnh Thị Kỷ'],
    ['thuyû', 'thuỷ'],
    ['Ñaêk Laék', 'Đăk Lắk'],
  ])('reads %s as %s', (typed, meant) => {
    expect(decodeVni(typed)).toBe(meant);
  });
});

describe('VIQR', () => {
  it('reads every letter, small and capital', () => {
    for (const letter of SMALL + SMALL.toUpperCase()) expect(decodeViqr(encodeViqr(letter))).toBe(letter);
  });

  it('reads dd in any case', () => {
    expect(decodeViqr('dda DDA Dda')).toBe('đa ĐA Đa');
  });
});

describe('a legacy encoding is recognised', () => {
  it.each([
    ['tcvn3', 'C«ng ty Cæ phÇn X©y dùng'],
    ['tcvn3', '§Æng V¨n Hïng'],
    ['tcvn3', 'Hµ'],
    ['tcvn3', 'Lª Minh An'],
    ['vni', 'COÂNG TY TNHH XAÂY DÖÏNG'],
    ['vni', 'Phaïm Thò Lan'],
    ['vni', 'Öôùc'],
    ['viqr', 'Nguye^~n Thi. Ha`'],
    ['viqr', 'Le^ Va(n Hu+ng'],
    ['viqr', 'Huy`nh Thi. Du~ng'],
  ])('%s: %s', (encoding, text) => {
    expect(recogniseLegacy(text)).toBe(encoding);
  });

  it.each([
    ['TCVN3', encodeTcvn3],
    ['VNI', encodeVni],
    ['VIQR', encodeViqr],
  ] as const)('in nearly all names of %s, and never the wrong one', (_, encode) => {
    let recognised = 0;
    for (const name of VIETNAMESE_NAMES) {
      const typed = encode(name);
      if (recogniseLegacy(typed) === null) continue;
      recognised++;
      expect(casedText(typed)).toBe(casedText(name));
    }
    expect(recognised / VIETNAMESE_NAMES.length).toBeGreaterThan(0.8);
  });

  it('in a whole file, a few foreign names in it', () => {
    const lines = VIETNAMESE_NAMES.map((name, i) => `${i};"${encodeTcvn3(name)}";`).join('\r\n');
    expect(recogniseLegacy(`so;ten\r\n${lines}\r\n9;"Jörg Müller"`)).toBe('tcvn3');
    const vni = VIETNAMESE_NAMES.map((name) => JSON.stringify({ fullName: encodeVni(name) })).join('\n');
    expect(recogniseLegacy(vni)).toBe('vni');
  });

  it('but not in a file of another kind', () => {
    expect(recogniseLegacy(VIETNAMESE_NAMES.join('\n'))).toBeNull();
    expect(recogniseLegacy(FOREIGN_NAMES.join('\n'))).toBeNull();
    const windows1258 = iconv.encode(VIETNAMESE_NAMES.join('\n').normalize('NFD'), 'windows1258').toString('latin1');
    expect(recogniseLegacy(windows1258)).toBeNull();
  });

  it('in hostile text in time', () => {
    for (const text of [
      'a^'.repeat(500_000),
      'à'.repeat(1_000_000),
      `${'a'.repeat(1_000_000)}(`,
      'eã'.repeat(500_000),
    ]) {
      expect(recogniseLegacy(text)).toBeNull();
    }
  });
});

describe('what is not certain stays as it is', () => {
  it('a name in Unicode, in any case', () => {
    for (const name of VIETNAMESE_NAMES) {
      for (const text of [name, name.toUpperCase(), name.toLowerCase()]) expect(decodedText(text)).toBe(text);
    }
  });

  it('a foreign name, in any case', () => {
    for (const name of FOREIGN_NAMES) {
      for (const text of [name, name.toUpperCase(), name.toLowerCase()])
        expect([text, recogniseLegacy(text)]).toEqual([text, null]);
    }
  });

  it('a foreign name beside another or a Vietnamese one', () => {
    const others = [...FOREIGN_NAMES, 'Hà', 'Hòa', 'Lê', 'Minh', 'Thị Mai', 'Hoàng', 'Trân', 'Nguyen Thi'];
    const pairs = FOREIGN_NAMES.flatMap((name) => others.map((other) => `${other} ${name}`));
    expect(pairs.filter((text) => recogniseLegacy(text) !== null)).toEqual([]);
  });

  it.each([
    '5 µm',
    'Mª Dolores',
    'C++ a(n) b',
    'Nguyễn a^~',
    'Société Générale',
    '«Hoa Mai»',
    '½ kg',
    'e+ Việt',
    '10 a.m.',
    'Hello~',
    'C:/a~1/b`c',
  ])('%s', (text) => {
    expect(decodedText(text)).toBe(text);
  });
});

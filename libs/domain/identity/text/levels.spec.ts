import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { casedText, decodedText, foldedText, iyText, spacedText, tonedText } from '../index.ts';

const LEVELS = { decodedText, spacedText, casedText, tonedText, iyText, foldedText };

describe('ENCODING', () => {
  it.each([
    ['NFD', 'Nguyễn Thị Hòa'.normalize('NFD'), 'Nguyễn Thị Hòa'],
    ['Icelandic Ð', 'Ðặng Ðình Ðức', 'Đặng Đình Đức'],
    ['Icelandic Ð where all other letters are of Latin-1', 'Ðông Hà', 'Đông Hà'],
    ['Icelandic ð', 'ðặng', 'đặng'],
    ['African Ɖ', 'Ɖặng Văn', 'Đặng Văn'],
    ['TCVN3', 'NguyÔn V¨n Dòng', 'Nguyễn Văn Dũng'],
    ['VNI', 'Nguyeãn Vaên Duõng', 'Nguyễn Văn Dũng'],
    ['VIQR', 'Nguye^~n Va(n Du~ng', 'Nguyễn Văn Du~ng'.replace('Du~ng', 'Dũng')],
  ])('%s is decoded', (_, text, decoded) => {
    expect(decodedText(text)).toBe(decoded);
  });

  it('leaves spaces and case alone', () => {
    expect(decodedText(' Hà  NỘI\u00a0')).toBe(' Hà  NỘI\u00a0');
  });
});

describe('SPACING', () => {
  it.each([
    ['spaces at the ends and in a row', '  Trần   Văn\tAn\n', 'Trần Văn An'],
    ['no-break spaces', 'Trần\u00a0Văn\u202fAn', 'Trần Văn An'],
    ['zero-width characters', '\ufeffTrần\u200b Văn A\u200dn\u00ad', 'Trần Văn An'],
    ['a mark that a zero-width character kept from its letter', 'Hoa\u200b\u0300', 'Hoà'],
  ])('%s', (_, text, spaced) => {
    expect(spacedText(text)).toBe(spaced);
  });

  it('leaves case alone', () => {
    expect(spacedText('TRẦN VĂN An')).toBe('TRẦN VĂN An');
  });
});

describe('CASE', () => {
  it('lowers Vietnamese letters', () => {
    expect(casedText('ĐẶNG THỊ ƯỚC ỲỲ Ơ')).toBe('đặng thị ước ỳỳ ơ');
    expect(casedText('LÊ CÔNG THÀNH')).toBe('lê công thành');
  });
});

describe('TONE_PLACEMENT', () => {
  it.each([
    ['hòa', 'hoà'],
    ['hóa', 'hoá'],
    ['hỏa', 'hoả'],
    ['hõa', 'hoã'],
    ['họa', 'hoạ'],
    ['khỏe', 'khoẻ'],
    ['xòe', 'xoè'],
    ['thủy', 'thuỷ'],
    ['thúy', 'thuý'],
    ['Lũy', 'luỹ'],
    ['Thụy Hòa, Hóa-Thủy', 'thuỵ hoà, hoá-thuỷ'],
  ])('writes %s as %s', (old, modern) => {
    expect(tonedText(old)).toBe(modern);
    expect(tonedText(modern)).toBe(modern);
  });

  it.each(['hoàn', 'xoài', 'quý', 'quyền', 'huỳnh', 'giá', 'toán', 'khoẻn', 'thuyền', 'hoàng', 'của', 'mía', 'qúy'])(
    'leaves %s as it is',
    (word) => {
      expect(tonedText(word)).toBe(word);
    },
  );

  it('keeps Hoa, Hòa and Hoá apart', () => {
    expect(new Set(['Hoa', 'Hòa', 'Hoá', 'Hỏa', 'Hõa', 'Họa'].map(tonedText)).size).toBe(6);
    expect(tonedText('Hòa')).toBe(tonedText('Hoà'));
    expect(tonedText('Hóa')).toBe(tonedText('Hoá'));
  });
});

describe('I_Y', () => {
  it.each([
    ['Lý', 'Lí'],
    ['Vỹ', 'Vĩ'],
    ['Quý', 'Quí'],
    ['Quy Nhơn', 'Qui Nhơn'],
    ['Mỹ Kỳ', 'Mĩ Kì'],
    ['Thy', 'Thi'],
    ['Như Ý', 'Như Í'],
    ['Quỳnh', 'Quình'],
    ['Nghy', 'Nghi'],
  ])('takes %s for %s', (y, i) => {
    expect(iyText(y)).toBe(iyText(i));
    expect(tonedText(y)).not.toBe(tonedText(i));
  });

  it.each([
    ['Thúy', 'Thúi'],
    ['Tay', 'Tai'],
    ['Quyên', 'Quiên'],
    ['Huy', 'Hui'],
    ['Mary', 'Mari'],
  ])('does not take %s for %s', (y, i) => {
    expect(iyText(y)).not.toBe(iyText(i));
  });
});

describe('DIACRITICS', () => {
  it('takes all marks away', () => {
    expect(foldedText('Đặng Thị Ước Quỳnh')).toBe('dang thi uoc quinh');
    expect(foldedText('Müller Ångström Đỗ')).toBe('muller angstrom do');
  });
});

describe('every level', () => {
  const words = fc.constantFrom(
    ...[
      'Hòa',
      'hóa',
      'HOA',
      'Ký',
      'Quý',
      'Ðức',
      'Loïc',
      'Seán',
      'Nguyeãn',
      'NguyÔn',
      'Va(n',
      'Du~ng',
      'Hi~',
      'Le^',
      'Taï',
      'Tö',
      'Hå',
      'H­ng',
    ],
    ...[
      '\u200b',
      '\u00a0',
      '\u0300',
      '\u0301',
      '\u0323',
      '\ud800',
      '\udc00',
      '\u0130',
      'ǅ',
      'ﬁ',
      'Σ',
      '한',
      'i\u0307',
      'ỳ',
      ' ',
      '.',
    ],
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 20 }),
    fc.string({ unit: fc.integer({ min: 0x20, max: 0x24f }).map((code) => String.fromCharCode(code)), maxLength: 12 }),
    fc.array(words, { maxLength: 6 }).map((parts) => parts.join('')),
    fc.array(words, { maxLength: 6 }).map((parts) => parts.join(' ')),
  );

  it.each(Object.entries(LEVELS))('%s is idempotent and takes any string', (_, level) => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = level(text);
        expect(level(once)).toBe(once);
      }),
      { numRuns: 1_500 },
    );
  });

  it('includes the levels before it', () => {
    const ladder = Object.values(LEVELS);
    fc.assert(
      fc.property(texts, (text) => {
        ladder.reduce((before, level) => {
          expect(level(before)).toBe(level(text));
          return level(text);
        }, text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never merges names that differ in a tone, but for the last', () => {
    const consonants = fc.constantFrom('h', 'kh', 'l', 't', 'th', 'đ', 'x', '');
    const rimes = fc.constantFrom(
      'oa òa óa ỏa õa ọa',
      'oe òe óe ỏe õe ọe',
      'uy ùy úy ủy ũy ụy',
      'a à á ả ã ạ',
      'oan oàn oán oản oãn oạn',
    );
    fc.assert(
      fc.property(consonants, rimes, (consonant, row) => {
        const names = row.split(' ').map((rime) => consonant + rime);
        for (const level of [decodedText, spacedText, casedText, tonedText, iyText]) {
          expect(new Set(names.map(level)).size).toBe(names.length);
        }
        expect(new Set(names.map(foldedText)).size).toBe(1);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../random.ts';
import { differClearly, withoutMarks } from './fold.ts';
import {
  decomposed,
  ethForD,
  iForY,
  lastMarksLost,
  lowerCased,
  marksLost,
  newTonePlacement,
  spaced,
  upperCased,
} from './text-variants.ts';
import { mistyped } from './typo.ts';

const random = createRandom(7);

describe('Harmless variants of a name', () => {
  it('decompose letters', () => {
    expect(decomposed('Trần Lệ', random)?.normalize('NFC')).toBe('Trần Lệ');
    expect(decomposed('John Miller', random)).toBeUndefined();
  });

  it('write eth for Đ', () => {
    expect(ethForD('Đặng Văn An', random)).toBe('\u00d0ặng Văn An');
    expect(ethForD('Lê Văn An', random)).toBeUndefined();
  });

  it('put odd spaces', () => {
    for (let draw = 0; draw < 20; draw += 1) {
      const text = spaced('Lê Văn An', random);
      expect(text).not.toBe('Lê Văn An');
      expect(text?.replace(/[\s\u200b]+/g, ' ').trim()).toBe('Lê Văn An');
    }
  });

  it('change case', () => {
    expect(upperCased('Đỗ Thị Thúy', random)).toBe('ĐỖ THỊ THÚY');
    expect(lowerCased('Đỗ Thị Thúy', random)).toBe('đỗ thị thúy');
  });

  it('place the tone of open oa, oe, uy the new way, and of nothing else', () => {
    expect(newTonePlacement('Nguyễn Thị Hòa', random)).toBe('Nguyễn Thị Hoà');
    expect(newTonePlacement('LÊ THANH THỦY', random)).toBe('LÊ THANH THUỶ');
    expect(newTonePlacement('Huỳnh Quý Hoàn', random)).toBeUndefined();
  });
});

describe('Wrong variants of a name', () => {
  it('write i for a final y behind a consonant or qu', () => {
    expect(iForY('Lý Thị Mỹ', random)).toBe('Lí Thị Mĩ');
    expect(iForY('Trần Văn Quý', random)).toBe('Trần Văn Quí');
    expect(iForY('Duy Thủy Huy', random)).toBeUndefined();
  });

  it('lose marks', () => {
    expect(marksLost('Đặng Thị Hòa', random)).toBe('Dang Thi Hoa');
    expect(marksLost('Phan Thanh Hòa', random)).toBeUndefined();
    expect(lastMarksLost('Đặng Thị Hòa', random)).toBe('Đặng Thị Hoa');
  });

  it('mistype one consonant within a word', () => {
    for (let draw = 0; draw < 200; draw += 1) {
      const text = mistyped('Nguyễn Thị Hồng Nhung', random) ?? '';
      const differs = withoutMarks(text) !== 'Nguyen Thi Hong Nhung';
      expect({ text, differs, apart: differClearly(text, 'Nguyễn Thị Hồng Nhung', 2) }).toEqual({
        text,
        differs: true,
        apart: false,
      });
    }
  });
});

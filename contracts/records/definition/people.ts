import type { FieldSpec, Fields } from './field.ts';
import { choice, code, date, object, text } from './field.ts';
import { DOCUMENT_TYPE, GENDER } from './common.spellings.ts';

/** An address; its whole text goes by the address's own header. */
export const address = (...aliases: string[]): FieldSpec =>
  object({
    detail: text(),
    wardCode: code('ward'),
    wardName: text(),
    provinceCode: code('province'),
    provinceName: text(),
    text: text(...aliases),
  });

/** A person whose columns bear a word that says who it is: `Họ tên mẹ`, `Ngày sinh mẹ`. */
export const personFields = (who: string): Fields => ({
  fullName: text(`Họ tên ${who}`, `Họ và tên ${who}`),
  dateOfBirth: date(`Ngày sinh ${who}`),
  gender: choice(GENDER, `Giới tính ${who}`),
  nationality: text(`Quốc tịch ${who}`),
  documentType: choice(DOCUMENT_TYPE, `Loại giấy tờ ${who}`),
  documentNumber: text(`Số định danh ${who}`, `Số giấy tờ ${who}`),
});

export const person = (who: string): FieldSpec => object(personFields(who));

/** The representative of an enterprise or taxpayer, whose columns bear no such word. */
export const representativeFields: Fields = {
  fullName: text('Người đại diện', 'Người đại diện theo pháp luật', 'Họ tên người đại diện'),
  dateOfBirth: date('Ngày sinh', 'Ngày sinh người đại diện'),
  gender: choice(GENDER, 'Giới tính', 'Giới tính người đại diện'),
  nationality: text('Quốc tịch', 'Quốc tịch người đại diện'),
  documentType: choice(DOCUMENT_TYPE, 'Loại giấy tờ', 'Loại giấy tờ người đại diện'),
  documentNumber: text('Số giấy tờ', 'Số giấy tờ người đại diện'),
};

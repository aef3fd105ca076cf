import { spellings, type Spellings } from '../definition/index.ts';

export const MARRIAGE_STATUS: Spellings = spellings({
  IN_FORCE: ['Đang có hiệu lực', 'Có hiệu lực', 'Còn hiệu lực', 'Hợp pháp', 'Đang kết hôn', 'Đang tồn tại'],
  DIVORCED: ['Ly hôn', 'Đã ly hôn', 'Li hôn', 'Đã li hôn'],
  ANNULLED: ['Hủy kết hôn', 'Đã hủy kết hôn', 'Hủy việc kết hôn', 'Đã hủy', 'Bị hủy', 'Hủy kết hôn trái pháp luật'],
});

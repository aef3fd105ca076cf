/**
 * Vietnamese words that records are full of (surnames, middle names, words of company names and addresses), in lower case: a
 * reading that yields them is more likely right.
 */
export const LEXICON: ReadonlySet<string> = new Set(
  `nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh trịnh đoàn lâm mạc tạ tô hà cao thái
  văn thị hữu đức đình quốc ngọc xuân thành minh công bá thế duy bích mỹ thúy thuý hải hồng hương hùng dũng cường tuấn sơn
  ty tnhh cổ phần trách nhiệm hạn thương mại dịch vụ sản xuất xây dựng xuất nhập khẩu đầu tư doanh nghiệp tư nhân hợp tác xã
  chi nhánh phòng đại diện một viên việt nội chí phố tỉnh phường quận huyện đường thôn tổ số khu ấp trấn hộ kinh`
    .trim()
    .split(/\s+/),
);

"""Why a file is not taken. Known by a code, which the child gives and the site says in words."""

from typing import Final

from gongxue.rules.text import Text

MOST_BYTES: Final = 20 * 1024 * 1024
"""One file. A phone's photo has 3 to 8 MB, a scan of ten pages 2 to 10."""
MOST_PAGES: Final = 60
MOST_PIXELS: Final = 50_000_000
"""Of a picture that is decoded whole: the largest that phones take has 48 million."""

REASONS: Final[dict[str, Text]] = {
    "empty": Text("這個檔案是空的，請再選一次。", "This file is empty: choose it again."),
    "bytes": Text(
        f"檔案超過 {MOST_BYTES // 2**20} MB。請把掃描解析度設為 200 至 300 dpi，或改拍照片。",
        f"The file is over {MOST_BYTES // 2**20} MB: scan it at 200 to 300 dpi, or take photos.",
    ),
    "kind": Text(
        "只收 PDF、JPEG、PNG、WebP、HEIC。這個檔案的內容不是其中一種（改副檔名沒有用），請重新掃描或拍照。",
        "PDF, JPEG, PNG, WebP and HEIC are taken. By its content this file is none of them: scan it, or take a photo.",
    ),
    "mixed": Text("請上傳一個 PDF，或最多 20 張照片；兩種不要混在一起。", "Hand in one PDF, or up to 20 photos; not both."),
    "damaged": Text("這個檔案不完整或已損壞，打不開。請重新掃描或拍照後再上傳。", "This file is incomplete or damaged: scan it again."),
    "encrypted": Text(
        "這個 PDF 有密碼或保護，請先解除，或印出後重新掃描。", "This PDF is protected: take the protection off, or print and scan it."
    ),
    "size": Text(
        f"這個檔案太大或太複雜：圖片最多 {MOST_PIXELS // 10_000:,} 萬像素，PDF 最多 {MOST_PAGES} 頁。請重新掃描或拍照。",
        f"Too large or complex: a picture has at most {MOST_PIXELS // 1_000_000} million pixels, a PDF {MOST_PAGES} pages. Scan it again.",
    ),
}


class UnfitError(Exception):
    """A file that is not taken; `code` is one of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def reason(self) -> Text:
        """Why, and what to do."""
        return REASONS[self.code]

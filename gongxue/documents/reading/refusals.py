"""Why a file cannot be read as a form, and what its owner can do: one sentence each."""

from typing import Final

from gongxue.rules.text import Text

_ZH_SAVE_AS = "請用 Word 或 LibreOffice 開啟，另存成 .docx 或 .odt 再試"
_EN_SAVE_AS = "open it in Word or LibreOffice, save it as .docx or .odt and try again"

EMPTY: Final = Text("檔案是空的；請確認檔案已下載或複製完成", "the file is empty; make sure that it was downloaded or copied completely")
FILE_TOO_LARGE: Final = Text(
    "檔案超過 20 MB，不像一份填好的表；請移除表中的大圖片後再試",
    "the file is over 20 MB, too large for a filled form; remove large pictures and try again",
)
NOT_OFFICE: Final = Text(f"不是 Word 或 ODF 文件；{_ZH_SAVE_AS}", f"not a Word or ODF document; {_EN_SAVE_AS}")
PLAIN_ZIP: Final = Text(
    "是 ZIP 壓縮檔，但裡面不是 Word 或 ODF 文件；請解壓縮後交其中的 .docx 或 .odt",
    "a ZIP file, but no Word or ODF document; unpack it and hand in the .docx or .odt that is inside",
)
OLD_WORD: Final = Text(f"是舊版 Word 的 .doc 檔；{_ZH_SAVE_AS}", f"an old Word file (.doc); {_EN_SAVE_AS}")
OLD_OFFICE: Final = Text(
    f"是舊版 Office 檔，不是 .docx 或 .odt；{_ZH_SAVE_AS}", f"an old Office file, neither .docx nor .odt; {_EN_SAVE_AS}"
)
OLD_OPENOFFICE: Final = Text(f"是舊版 OpenOffice 的 .sxw 檔；{_ZH_SAVE_AS}", f"an old OpenOffice file (.sxw); {_EN_SAVE_AS}")
ENCRYPTED: Final = Text(
    "檔案有密碼保護（已加密），無法讀取；請移除開啟密碼，另存後再試",
    "the file is encrypted with a password; remove the password, save it and try again",
)
PDF: Final = Text(
    "是 PDF，無法讀回表中內容；請交可編輯的 .docx 或 .odt",
    "a PDF, from which a form cannot be read back; hand in the editable .docx or .odt",
)
PICTURE: Final = Text(
    "是圖片，無法讀回表中內容；請交可編輯的 .docx 或 .odt",
    "a picture, from which a form cannot be read back; hand in the editable .docx or .odt",
)
RICH_TEXT: Final = Text(f"是 RTF 檔；{_ZH_SAVE_AS}", f"an RTF file; {_EN_SAVE_AS}")
WEB_PAGE: Final = Text(
    f"是網頁（HTML），不是 Word 或 ODF 文件；{_ZH_SAVE_AS}", f"a web page (HTML), not a Word or ODF document; {_EN_SAVE_AS}"
)
WORD_XML: Final = Text(f"是 Word 的單一 XML 檔；{_ZH_SAVE_AS}", f"a Word document in a single XML file; {_EN_SAVE_AS}")
PAGES: Final = Text(
    "是 Apple Pages 文件；請在 Pages 輸出成 Word（.docx）再試",
    "an Apple Pages document; export it from Pages as Word (.docx) and try again",
)
CLOUD_LINK: Final = Text(
    "只是雲端文件的捷徑，裡面沒有內容；請在雲端下載成 .docx 或 .odt 再試",
    "only a link to a document in the cloud, without its content; download it there as .docx or .odt and try again",
)
SPREADSHEET: Final = Text("是試算表，不是附件二；附件二是 .docx 或 .odt", "a spreadsheet, not the form 附件二, which is a .docx or .odt")
PRESENTATION: Final = Text("是簡報，不是附件二；附件二是 .docx 或 .odt", "a presentation, not the form 附件二, which is a .docx or .odt")
OTHER_ODF: Final = Text(
    "是 ODF 檔，但不是文字文件；附件二是 .docx 或 .odt", "an ODF file, but no text document; the form 附件二 is a .docx or .odt"
)
DAMAGED: Final = Text(
    "檔案已損壞，無法開啟；請用 Word 或 LibreOffice 開啟並另存，或重新下載原檔",
    "the file is damaged and cannot be opened; open and save it in Word or LibreOffice, or get the original again",
)
AMBIGUOUS: Final = Text(
    "檔案內容自相矛盾（同一部分出現兩次），不同軟體會看到不同內容；請用 Word 或 LibreOffice 開啟並另存後再試",
    "the file contradicts itself (a part stands in it twice), so that programs would show different content; "
    "open and save it in Word or LibreOffice and try again",
)
FORBIDDEN_XML: Final = Text(
    "檔案含有 Word 與 LibreOffice 不會寫出的宣告（DOCTYPE），為了安全不予讀取；請用 Word 或 LibreOffice 開啟並另存後再試",
    "the file holds a declaration that neither Word nor LibreOffice writes (DOCTYPE) and is not read, for safety; "
    "open and save it in Word or LibreOffice and try again",
)
UNPACKS_TOO_LARGE: Final = Text(
    "檔案解開後大得異常，為了安全不予讀取；請重新下載空白表填寫",
    "the file unpacks to an abnormal size and is not read, for safety; fill in a fresh copy of the form",
)
TOO_MANY_PARTS: Final = Text(
    "檔案內含的部分多得異常，為了安全不予讀取；請重新下載空白表填寫",
    "the file has abnormally many parts and is not read, for safety; fill in a fresh copy of the form",
)
TOO_MUCH: Final = Text(
    "文件的表格或文字多得異常（超過 50,000 格或 2,000,000 字），不像一份填好的表；請確認檔案是否正確",
    "the document has abnormally many cells or words for a filled form (over 50,000 cells or 2,000,000 characters); "
    "check that it is the right file",
)
TOO_DEEP: Final = Text(
    "文件的表格或段落層層相包，深得異常，無法讀取；請重新下載空白表填寫",
    "tables or paragraphs are nested abnormally deep and cannot be read; fill in a fresh copy of the form",
)
TOO_SLOW: Final = Text(
    "讀取檔案花了太久，已停止；檔案可能損壞或過於複雜，請用 Word 或 LibreOffice 開啟並另存後再試",
    "reading the file took too long and was stopped; it may be damaged or too complex: "
    "open and save it in Word or LibreOffice and try again",
)
TOO_HEAVY: Final = Text(
    "讀取檔案需要過多記憶體，已停止；檔案可能損壞或過於複雜，請用 Word 或 LibreOffice 開啟並另存後再試",
    "reading the file needed too much memory and was stopped; it may be damaged or too complex: "
    "open and save it in Word or LibreOffice and try again",
)


def broke_down(status: int) -> Text:
    """The reading process ended by itself, with this exit status or (negative) signal."""
    return Text(
        f"讀取檔案的程式異常結束（代碼 {status}）；請用 Word 或 LibreOffice 開啟並另存後再試",
        f"the process that read the file broke down (status {status}); open and save it in Word or LibreOffice and try again",
    )

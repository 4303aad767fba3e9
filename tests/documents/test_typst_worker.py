"""The press inside the child: what it does where a font or Typst fails it."""

import io
from pathlib import Path
from struct import pack

import pikepdf
import pytest

from gongxue.documents.blocks import Paper, Paragraph
from gongxue.documents.font_file import FontFile
from gongxue.documents.fonts import FOLDER_VARIABLE, KNOWN
from gongxue.documents.typst_protocol import Answer, Job, framed, next_frame
from gongxue.documents.typst_worker import Press
from tests.documents import papers

pytestmark = pytest.mark.needs("tw-kai")

NEEDED = "試印的甲乙第頁共（未填），版本校驗碼〓　"
TWELVE = "Ⅻ"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Press:
    """A press with a font that says it had Ⅻ and 丙, and has nothing where it says they are."""
    fonts, cuts = tmp_path / "fonts", tmp_path / "cuts"
    fonts.mkdir()
    cuts.mkdir()
    data = FontFile(KNOWN[0].path).cut(NEEDED + TWELVE + "丙")
    for number, code in enumerate(sorted(map(ord, set(NEEDED + TWELVE + "丙"))), 1):
        if chr(code) in (TWELVE, "丙"):
            data = data.replace(pack(">III", code, code, number), pack(">III", code, code, 60000))
    (fonts / "broken.ttf").write_bytes(data)
    monkeypatch.setenv(FOLDER_VARIABLE, str(fonts))
    return Press(cuts)


def _paper(text: str) -> Paper:
    return papers.of(Paragraph(((text,),)))


def test_a_sign_that_breaks_the_page_prints_as_geta_and_the_rest_is_there(broken: Press) -> None:
    answer = broken.answer(Job(1, _paper(f"甲{TWELVE}乙")))
    assert (answer.wrong, answer.missing) == ("", ("U+216B",))
    assert answer.data == broken.answer(Job(1, _paper("甲〓乙"))).data


def test_a_paper_that_cannot_be_set_at_all_says_why_and_the_next_one_is_printed(broken: Press) -> None:
    answer = broken.answer(Job(2, _paper("甲丙乙")))
    assert (answer.number, answer.data, answer.wrong) == (2, b"", "typst")
    assert answer.told != ""
    assert broken.answer(Job(3, _paper("甲乙"))).wrong == ""


def test_after_each_paper_the_small_fonts_of_the_last_are_gone(broken: Press, tmp_path: Path) -> None:
    for text in ("甲", "乙"):
        assert broken.answer(Job(1, _paper(text))).wrong == ""
        broken.forget()
    (cut,) = (tmp_path / "cuts").iterdir()
    assert [each in FontFile(cut) for each in "甲乙"] == [False, True]


@pytest.mark.needs("noto-cjk")
def test_a_font_that_cannot_be_cut_is_taken_whole(tmp_path: Path) -> None:
    press = Press(tmp_path)
    answer = press.answer(Job(1, _paper("字 ﷽ 🈲")))
    assert answer.missing == ()
    assert list(tmp_path.iterdir()) == []
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert len(pdf.pages) == 1


def test_a_frame_is_read_in_pieces_and_a_torn_one_ends_the_stream() -> None:
    answer = Answer(5, b"x" * 3_000_000, ("U+0007",))
    frame = framed(answer)
    stream = io.BytesIO(frame + frame[:-1])
    body = next_frame(lambda size: stream.read(min(size, 1000)))
    assert body == frame[4:]
    assert next_frame(stream.read) is None
    assert next_frame(stream.read) is None

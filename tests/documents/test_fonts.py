"""Where fonts are looked for, in which order they are asked, and what happens where there are none."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from gongxue.documents.blocks import Paragraph
from gongxue.documents.fonts import FOLDER_VARIABLE, KNOWN, LATIN_RANGES, NO_FONTS, Face, in_order, known_faces
from gongxue.documents.typst_protocol import Answer, Job
from gongxue.documents.typst_worker import Press
from tests.documents import papers

NOTO = KNOWN[2].path.parent
NPM = KNOWN[3].path.parent


def _printed(folder: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Answer:
    """What the child answers where `$GONGXUE_FONTS` names this folder."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(fonts))
    return Press(folder).answer(Job(7, papers.of(Paragraph(((text,),)))))


def _names(answer: Answer) -> set[str]:
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        every = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"]
        return {str(thing.FontName).split("+")[1] for thing in every}


def test_the_look_of_kai_is_asked_first_then_noto() -> None:
    assert [face.family for face in KNOWN] == ["TW-Kai", "TW-Kai-Ext-B", "Noto Serif CJK TC", "Noto Serif TC"]


def test_only_fonts_that_are_there_are_asked() -> None:
    assert known_faces() == tuple(face for face in KNOWN if face.path.exists())


def test_known_families_come_before_others_and_each_once() -> None:
    here = Path("fonts")
    faces = [
        Face("Zen", here / "z.ttf"),
        Face("Noto Serif TC", here / "b.ttf"),
        Face("Noto Serif TC", here / "a.ttf"),
        Face("TW-Kai", here / "k.ttf"),
    ]
    assert in_order(faces) == (Face("TW-Kai", here / "k.ttf"), Face("Noto Serif TC", here / "a.ttf"), Face("Zen", here / "z.ttf"))


def test_latin_takes_no_character_twice_and_leaves_the_full_width_signs_to_chinese_fonts() -> None:
    taken = [chr(code) for first, last in LATIN_RANGES for code in range(first, last + 1)]
    assert len(taken) == len(set(taken))
    assert {"·", "ˇ", "ˋ", "—", "…", "“", "”", "㊣"}.isdisjoint(taken)


def test_the_template_gives_the_same_ranges_to_latin() -> None:
    template = (Path(sys.modules["gongxue.documents.fonts"].__file__ or "").parent / "paper.typ").read_text("utf-8")
    ranges = "".join(f"\\u{{{first:x}}}-\\u{{{last:x}}}" for first, last in LATIN_RANGES)
    assert f'regex("[{ranges}]")' in template


@pytest.mark.needs("noto-cjk")
def test_of_a_collection_the_face_of_taiwan_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _printed(tmp_path, NOTO, monkeypatch, "骨直角 A1")
    assert _names(answer) == {"NotoSerifCJKtc-Regular", "LibertinusSerif-Regular"}
    assert answer.missing == ()


@pytest.mark.needs("npm-noto")
def test_the_fonts_from_npm_print_and_a_character_they_lack_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _printed(tmp_path, NPM, monkeypatch, "𡘙㛢堃喆䒟龘 𠮷")
    assert answer.missing == ("U+20BB7",)
    assert _names(answer) == {"NotoSerifTC-Regular", "LibertinusSerif-Regular"}


def test_a_folder_that_is_named_is_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert _printed(tmp_path, empty, monkeypatch, "字") == Answer(7, wrong="fonts")
    assert _printed(tmp_path, tmp_path / "nowhere", monkeypatch, "字") == Answer(7, wrong="fonts")


def test_a_machine_without_chinese_fonts_says_what_to_do(tmp_path: Path) -> None:
    code = (
        "from gongxue.documents.pdf import PaperError, render_pdf\n"
        "from tests.documents import papers\n"
        "try:\n    render_pdf(papers.application())\n"
        "except PaperError as error:\n    print(error.text.zh)\n"
    )
    environment = {**os.environ, FOLDER_VARIABLE: str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment, cwd=Path(__file__).parents[2])
    assert done.stdout.decode().strip() == NO_FONTS.zh
    assert all(way in NO_FONTS.en for way in ("fonts-cns11643-kai", "fonts-noto-cjk", "make run", FOLDER_VARIABLE))

"""A printed 附件二 comes back as what it was printed from; whatever goes wrong on the way is told in a sentence."""

from pathlib import Path

import msgspec
import pytest

from gongxue.documents.application_form import application_form
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.reading import FormError, FormReading, read_form, refusals
from gongxue.documents.reading.package import MOST_BYTES
from gongxue.rules import exchange
from gongxue.rules.application import Application
from gongxue.rules.check import Checker, Verdict
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import load_programme
from gongxue.rules.text import Text
from tests.documents.reading.libreoffice import LibreOffice
from tests.documents.reading.office_files import docx, w_paragraph, w_table

SAMPLES = Path(__file__).parents[3] / "samples"
NAMES = ["autonomous", "cross-school", "with-errors"]
HSINCHU = load_programme("hsinchu-111")
CHECKER = Checker(HSINCHU)


def sample(name: str) -> Application:
    return exchange.read((SAMPLES / f"{name}.json").read_bytes())


def printed(name: str, suffix: str, programme: Programme = HSINCHU) -> bytes:
    paper = application_form(sample(name), programme)
    return (render_docx(paper) if suffix == "docx" else render_odt(paper)).data


def verdict(reading: FormReading) -> Verdict:
    assert reading.unread == ()
    return CHECKER.verdict(reading.application)


def refusal(source: Path | bytes, name: str = "a.docx") -> Text:
    with pytest.raises(FormError) as caught:
        read_form(source, name)
    return caught.value.text


@pytest.mark.parametrize("suffix", ["docx", "odt"])
@pytest.mark.parametrize("name", NAMES)
def test_a_printed_form_gives_the_findings_and_totals_of_its_application(name: str, suffix: str) -> None:
    assert verdict(read_form(printed(name, suffix), f"{name}.{suffix}")) == CHECKER.verdict(sample(name))


@pytest.mark.needs("soffice")
def test_a_form_saved_twice_by_libreoffice_gives_the_same_findings(libreoffice: LibreOffice) -> None:
    expected = {name: CHECKER.verdict(sample(name)) for name in NAMES}
    for mine, other in (("docx", "odt"), ("odt", "docx")):
        once = libreoffice.saved_as({f"{name}.{mine}": printed(name, mine) for name in NAMES}, other)
        twice = libreoffice.saved_as({f"{name}.{other}": data for name, data in once.items()}, mine)
        assert {name: verdict(read_form(data, name)) for name, data in once.items()} == expected
        assert {name: verdict(read_form(data, name)) for name, data in twice.items()} == expected


def test_a_form_is_read_from_its_file_whatever_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "申請書（修正）.docx"
    path.write_bytes(printed("autonomous", "odt"))
    assert verdict(read_form(path, path.name)) == CHECKER.verdict(sample("autonomous"))


def test_a_programme_that_is_not_shipped_is_known_when_it_is_given() -> None:
    forms = {name: msgspec.structs.replace(form, title=form.title.replace("111", "112")) for name, form in HSINCHU.forms.items()}
    next_year = msgspec.structs.replace(HSINCHU, id="hsinchu-112", school_year=112, forms=forms)
    data = printed("autonomous", "docx", next_year)
    assert read_form(data, "a.docx", [next_year]).application.programme == "hsinchu-112"
    assert "申請書" in refusal(data).zh


def test_a_programme_that_is_given_stands_for_the_shipped_one_of_its_id() -> None:
    amended = msgspec.structs.replace(HSINCHU, tiers=HSINCHU.tiers[:1])
    data = printed("cross-school", "docx")
    assert read_form(data, "a.docx").application.tier == "thematic"
    assert read_form(data, "a.docx", [amended]).application.tier != "thematic"


def test_an_office_file_that_is_no_form_says_so() -> None:
    assert "附件二" in refusal(docx(w_paragraph("會議紀錄") + w_table("<w:tc><w:p/></w:tc>"))).zh


def test_a_file_that_is_not_there_is_told_as_any_other(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_form(tmp_path / "nothing.docx", "nothing.docx")
    with pytest.raises(IsADirectoryError):
        read_form(tmp_path, "folder.docx")


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.docx"
    with path.open("wb") as file:
        file.truncate(100 * MOST_BYTES)
    assert refusal(path) == refusals.FILE_TOO_LARGE
    assert refusal(bytes(MOST_BYTES + 1)) == refusals.FILE_TOO_LARGE


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("os._exit(3)", refusals.broke_down(3)),
        ("os._exit(77)", refusals.TOO_HEAVY),
        ("os.write(1, b'garbled')\nos._exit(0)", refusals.broke_down(0)),
        ("os.kill(os.getpid(), signal.SIGSEGV)", refusals.broke_down(-11)),
        ("os.kill(os.getpid(), signal.SIGXCPU)", refusals.TOO_SLOW),
    ],
)
def test_a_reader_that_dies_is_told_in_a_sentence(end: str, expected: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(f"import os, signal\n{end}\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert refusal(printed("autonomous", "docx")) == expected

"""`gongxue render`: official forms from application files."""

import json
from pathlib import Path

import pytest

from tests.commands.shell import gongxue

SAMPLES = Path(__file__).parent.parent.parent / "samples"
GOOD, BAD, CROSS = (SAMPLES / f"{name}.json" for name in ("autonomous", "with-errors", "cross-school"))
KINDS = {"pdf": b"%PDF-", "odt": b"PK\x03\x04", "docx": b"PK\x03\x04", "html": b"<!"}


def render(form: str, to: str, *arguments: str | Path) -> tuple[int, str, list[str]]:
    outcome = gongxue("render", "--form", form, "--to", to, *arguments)
    return outcome.status, outcome.out, outcome.told


@pytest.mark.parametrize("form", ["application", "school_summary"])
@pytest.mark.parametrize("to", KINDS)
def test_every_form_is_made_as_every_kind_of_file(form: str, to: str, tmp_path: Path) -> None:
    target = tmp_path / f"form.{to}"
    assert render(form, to, GOOD, "-o", target)[:2] == (0, "")
    assert target.read_bytes().startswith(KINDS[to])


def test_in_a_folder_files_are_named_as_the_plan_wants_them(tmp_path: Path) -> None:
    content = json.loads(GOOD.read_text("utf-8"))
    many = tmp_path / "many.ndjson"
    lines = [content | {"name": "讀/詩", "fiscal_school": "新竹市東區東園國民小學"}, content | {"name": "讀/詩", "fiscal_school": "183607"}]
    many.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    status, _, told = render("application", "docx", many, "-o", f"{tmp_path}/forms/")
    assert status == 0
    names = ["新竹市111學年度東園國小-讀／詩-專業自主學習社群.docx", "新竹市111學年度東園國小-讀／詩-專業自主學習社群（2）.docx"]
    assert sorted(path.name for path in (tmp_path / "forms").iterdir()) == sorted(names)
    assert [line.rpartition("/")[2] for line in told if "已製作" in line] == names


def test_a_malformed_file_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    status, _, told = render("application", "odt", GOOD, "nowhere.json", CROSS, "-o", tmp_path)
    assert (status, len(list(tmp_path.iterdir()))) == (2, 2)
    assert "nowhere.json：沒有這個檔案" in told


def test_a_summary_is_not_made_when_an_application_is_missing(tmp_path: Path) -> None:
    status, _, told = render("school_summary", "odt", GOOD, "nowhere.json", "-o", tmp_path / "a.odt")
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert told == ["nowhere.json：沒有這個檔案", "未製作彙整表，請先改正上面的問題"]


def test_a_summary_in_a_folder_is_named_by_its_title_and_school(tmp_path: Path) -> None:
    school = tmp_path / "school.json"
    school.write_text(
        '{"school": "183607", "classes": 78, "principal": {"name": "林校長"}, "clerk": {"name": "陳組長", "title": "組長"}}', "utf-8"
    )
    folder = tmp_path / "out"
    folder.mkdir()
    assert render("school_summary", "html", GOOD, BAD, "--school", school, "-o", folder)[0] == 0
    (made,) = folder.iterdir()
    assert made.name == "新竹市111學年度教師專業學習社群彙整表-東園國小.html"
    text = made.read_text("utf-8")
    assert [word for word in ("78", "林校長", "陳組長", "組長") if word not in text] == []


@pytest.mark.parametrize("content", ['{"classes": "78"}', '{"principal": "林校長"}', "{"])
def test_wrong_facts_of_a_school_are_told_and_nothing_is_made(content: str, tmp_path: Path) -> None:
    school = tmp_path / "school.json"
    school.write_text(content, "utf-8")
    status, _, told = render("school_summary", "html", GOOD, "--school", school, "-o", tmp_path / "a.html")
    assert (status, told[0].startswith(f"{school}：第 1 行"), (tmp_path / "a.html").exists()) == (2, True, False)


def test_several_applications_need_a_folder(tmp_path: Path) -> None:
    status, _, told = render("application", "docx", GOOD, BAD, "-o", tmp_path / "a.docx")
    assert (status, list(tmp_path.iterdir())) == (2, [])
    assert told[0] == "gongxue render：有好幾份申請時，-o 應為資料夾"


def test_facts_of_a_school_go_with_its_summary_only(tmp_path: Path) -> None:
    status, _, told = render("application", "docx", GOOD, "--school", "x.json", "-o", tmp_path / "a.docx")
    assert (status, told[0]) == (2, "gongxue render：--school 只用於 --form school_summary")


def test_what_prints_as_a_blank_is_told(tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text('{"programme": "hsinchu-111"}', "utf-8")
    status, _, told = render("application", "odt", draft, "-o", tmp_path / "a.odt")
    assert status == 0
    assert told[0].startswith(f"{draft}：印成空白的欄位：")
    assert {"name", "convener.name", "summary"} <= set(told[0].rpartition("：")[2].split("、"))


@pytest.mark.parametrize("to", ["docx", "odt"])
@pytest.mark.parametrize("sample", [GOOD, BAD, CROSS], ids=lambda path: path.stem)
def test_a_form_that_was_rendered_is_checked_as_its_application(sample: Path, to: str, tmp_path: Path) -> None:
    form = tmp_path / f"form.{to}"
    assert render("application", to, sample, "-o", form)[0] == 0
    from_json, from_form = (json.loads(gongxue("check", "--format=json", path).out) for path in (sample, form))
    assert from_form | {"source": ""} == from_json | {"source": ""}

"""`gongxue check`, as people and as programs use it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.check import check, totals
from gongxue.rules.exchange import read
from gongxue.rules.programme_file import load_programme, programme_path
from tests.commands.shell import gongxue
from tests.rules.applications_as_text import application_texts

SAMPLES = Path(__file__).parent.parent.parent / "samples"
GOOD, BAD = SAMPLES / "autonomous.json", SAMPLES / "with-errors.json"


def one_line(path: Path, **changed: object) -> str:
    return json.dumps(json.loads(path.read_text("utf-8")) | changed, ensure_ascii=False)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_programs_get_one_json_object_a_line_with_the_keys_of_the_contract_in_order() -> None:
    outcome = gongxue("check", "--format", "json", GOOD, BAD)
    assert outcome.err == ""
    pairs: list[Any] = [json.loads(line, object_pairs_hook=lambda members: members) for line in outcome.lines]
    assert [[key for key, _ in line] for line in pairs] == [["source", "name", "ok", "findings", "totals"]] * 2
    findings = [finding for line in pairs for finding in dict(line)["findings"]]
    assert {tuple(key for key, _ in finding) for finding in findings} == {("rule", "severity", "clause", "path", "message", "message_en")}
    sums = [[key for key, _ in dict(line)["totals"]] for line in pairs]
    assert sums == [["people", "sessions", "lecturer_fees", "requested", "ceiling"]] * 2


def test_programs_are_told_what_the_rules_say() -> None:
    line = json.loads(gongxue("check", "--format=json", BAD).out)
    application, programme = read(BAD.read_bytes()), load_programme("hsinchu-111")
    assert line["source"] == str(BAD)
    assert line["name"] == application.name
    assert [finding["path"] for finding in line["findings"]] == [finding.path for finding in check(application, programme)]
    assert [finding["message_en"] for finding in line["findings"]] == [finding.message_en for finding in check(application, programme)]
    assert line["totals"]["requested"] == totals(application, programme).requested


def test_a_blank_name_is_empty_text_and_an_unknown_tier_has_no_ceiling() -> None:
    line = json.loads(gongxue("check", "--format=json", "-", given=b'{"programme": "hsinchu-111"}').out)
    assert (line["name"], line["totals"]["ceiling"], line["ok"]) == ("", None, False)


@pytest.mark.parametrize(
    ("files", "status"), [([GOOD], 0), ([BAD], 1), ([GOOD, BAD, GOOD], 1), ([BAD, "nowhere.json"], 2), (["nowhere.json", GOOD], 2)]
)
def test_the_status_says_whether_there_are_errors_and_malformed_outranks_them(files: list[str | Path], status: int) -> None:
    assert gongxue("check", *files).status == status
    assert gongxue("check", "--format=json", *files).status == status


def test_people_see_errors_first_then_warnings_then_notes_each_in_the_order_of_the_form() -> None:
    labels = [line.split("：")[0].strip() for line in gongxue("check", BAD).lines if line.startswith("  ")]
    assert labels == sorted(labels, key=["錯誤", "警告", "提醒", "合計"].index)
    findings = check(read(BAD.read_bytes()), load_programme("hsinchu-111"))
    for severity, label in (("error", "錯誤"), ("warning", "警告"), ("info", "提醒")):
        shown = [line for line in gongxue("check", BAD).lines if line.startswith(f"  {label}：")]
        assert shown == [f"  {label}：{each.message}〔{each.clause}｜{each.path}〕" for each in findings if each.severity == severity]


def test_people_see_a_heading_totals_and_a_last_line() -> None:
    lines = gongxue("check", GOOD).lines
    assert lines[0] == f"{GOOD}「提問讀詩社群」：符合、1 項提醒"
    assert lines[-3:] == ["  合計：4 人、6 場、講座鐘點費 2,000 元、申請 4,872 元（上限 5,000 元）", "", "共 1 份：1 份符合、0 份有錯誤"]


def test_english_is_spoken_on_request() -> None:
    lines = gongxue("check", GOOD, "nowhere.json", "--lang", "en").lines
    assert lines[0] == f"{GOOD} “提問讀詩社群”: ok, 1 note"
    assert lines[-3:] == [
        "  totals: 4 people, 6 sessions, lecturer fees 2,000, requested 4,872 (ceiling 5,000)",
        "",
        "1 application: 1 ok, 0 with errors; 1 could not be read",
    ]
    assert gongxue("check", "nowhere.json", "--lang=en").err == "nowhere.json: there is no such file\n"


def test_lines_of_ndjson_bear_their_number_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    content = f"\ufeff{one_line(GOOD)}\r\n\r\n   \t\n{one_line(BAD)}"
    path = written(tmp_path, "many.ndjson", content)
    assert [json.loads(line)["source"] for line in gongxue("check", "--format=json", path).lines] == [f"{path}:1", f"{path}:4"]
    from_input = gongxue("check", "--format=json", "-", given=content.encode())
    assert [json.loads(line)["source"] for line in from_input.lines] == ["-:1", "-:4"]
    assert from_input.status == 1


def test_a_first_line_with_nothing_but_a_byte_order_mark_is_blank() -> None:
    assert gongxue("check", "--format=json", "-", given=b"\xef\xbb\xbf\n\n") == (0, "", "")


def test_a_malformed_line_gives_no_output_line_and_the_others_are_checked() -> None:
    lines = [one_line(GOOD), '{"programme": "hsinchu-111", "tier_year": "2"}', "{", '{"programme": "hsinchu-1"}', one_line(GOOD)]
    outcome = gongxue("check", "--format=json", "-", given="\n".join(lines).encode())
    assert [json.loads(line)["source"] for line in outcome.lines] == ["-:1", "-:5"]
    assert outcome.told[:2] == [
        "-:2：第 2 行第 43 欄，tier_year：應為整數或空白（null），卻是文字「2」（數字不加引號、不加逗號）",
        '-:3：第 3 行第 2 欄：不是正確的 JSON：這裡應為加了 " 的欄位名稱，卻是結尾',
    ]
    assert outcome.told[2].startswith("-:4：programme：沒有「hsinchu-1」這個計畫，認得的有 ")
    assert outcome.status == 2


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"{}", "must end in one of .json"),
        ("a", b"{}", "must end in one of .json"),
        ("a.json", b"", "not JSON: expected a value, found the end"),
        ("a.json", '{"programme": "計畫"}'.encode("cp950"), "looks like Big5"),
        ("a.json", b'{"programme": "../../etc/passwd"}', "there is no programme “../../etc/passwd”"),
        ("a.docx", b"no form", "not a Word or ODF document"),
    ],
)
def test_a_file_that_cannot_be_checked_is_told_by_name_with_what_was_expected(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = written(tmp_path, name, content)
    outcome = gongxue("check", "--format=json", path, "--lang=en")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{path}: ")
    assert expected in outcome.err


def test_a_folder_is_told_to_be_one(tmp_path: Path) -> None:
    assert gongxue("check", tmp_path) == (2, "共 0 份：0 份符合、0 份有錯誤；另有 1 份無法讀取\n", f"{tmp_path}：這是資料夾，應為檔案\n")


@pytest.mark.parametrize("name", ["a\0b.json", "\ud800.json", "x" * 5000 + ".json", ""])
def test_names_that_no_file_can_have_are_told(name: str) -> None:
    assert gongxue("check", name).status == 2


def test_endings_may_be_written_in_capitals(tmp_path: Path) -> None:
    assert gongxue("check", shutil.copy(GOOD, tmp_path / "A.JSON")).status == 0


def test_control_characters_from_a_file_never_reach_the_terminal(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", one_line(GOOD, name="\x1b[2J清空\r\n", tier="\x1b]0;x\x07"))
    bad = written(tmp_path, "b.json", r'{"programme": "a", "\u001b[2J": 1, "name": 5, "tier": "\u009b"}')
    outcome = gongxue("check", path, bad)
    assert outcome.out.replace("\n", "").isprintable()
    assert outcome.err.replace("\n", "").isprintable()
    assert r"「\x1b[2J清空\r\n」" in outcome.out


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    """The programme of 111 under another id, with a lower ceiling for the first tier."""
    source = programme_path("hsinchu-111")
    assert source is not None
    for file in source.parent.glob("hsinchu*"):
        shutil.copy(file, tmp_path)
    text = source.read_text("utf-8").replace('id = "hsinchu-111"', 'id = "hsinchu-112"').replace("5000", "4000", 1)
    return written(tmp_path, "next.toml", text)


def test_a_programme_file_is_known_by_the_id_it_bears(next_year: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", one_line(GOOD, programme="hsinchu-112"))
    assert gongxue("check", path).status == 2
    line = json.loads(gongxue("check", "--format=json", path, "--programme-file", next_year).out)
    assert line["totals"]["ceiling"] == 4000


def test_a_broken_programme_file_is_told_and_other_programmes_go_on(tmp_path: Path) -> None:
    broken = written(tmp_path, "broken.toml", 'id = "x"\nversion = ')
    outcome = gongxue("check", "--format=json", "--programme-file", broken, "--programme-file", tmp_path / "none.toml", GOOD)
    assert (outcome.status, len(outcome.lines)) == (2, 1)
    assert [line.split("：")[0].rpartition("/")[2] for line in outcome.told] == ["broken.toml", "none.toml"]


@given(st.lists(application_texts.map(str.encode) | st.binary(max_size=40), max_size=4))
def test_whatever_is_on_standard_input_is_checked_or_told(lines: list[bytes]) -> None:
    outcome = gongxue("check", "--format=json", "-", given=b"\n".join(lines))
    assert outcome.status in (0, 1, 2)
    assert (outcome.status == 2) == bool(outcome.err)
    assert all(json.loads(line)["source"].startswith("-:") for line in outcome.lines)


@given(application_texts.map(lambda text: text.replace('"a"', '"hsinchu-111"')))
def test_people_and_programs_are_told_of_the_same_findings(text: str) -> None:
    for_programs = gongxue("check", "--format=json", "-", given=text.replace("\n", " ").encode())
    for_people = gongxue("check", "-", given=text.replace("\n", " ").encode())
    assert (for_people.status, for_people.err) == (for_programs.status, for_programs.err)
    findings = [finding for line in for_programs.lines for finding in json.loads(line)["findings"]]
    assert sum(line.startswith(("  錯誤：", "  警告：", "  提醒：")) for line in for_people.lines) == len(findings)

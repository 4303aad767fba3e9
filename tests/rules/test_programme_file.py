"""A programme file that is wrong says so: file, key, and what was expected, in both languages."""

import tomllib
from pathlib import Path

import pytest

from gongxue.rules.programme_file import known_programmes, load_programme, programme_path, read_programme
from gongxue.rules.toml_file import MOST_BYTES
from tests.rules.programme_texts import HAISHAN, HERE, changed, refusal, written

BROKEN = tomllib.loads((HERE / "broken.toml").read_text("utf-8"))


def test_the_whole_file_is_read() -> None:
    programme = read_programme(HAISHAN)
    assert (programme.id, programme.version, programme.school_year) == ("haishan-112", 2, 112)
    assert programme.register is not None
    assert len(programme.register.schools) == 4


def test_a_bom_and_windows_line_ends_are_passed_over(tmp_path: Path) -> None:
    text = HAISHAN.read_text("utf-8").replace("\n", "\r\n")
    assert read_programme(written(tmp_path, f"\ufeff{text}")) == read_programme(HAISHAN)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_names_file_key_and_what_was_expected(name: str, tmp_path: Path) -> None:
    case = BROKEN[name]
    error = refusal(changed(tmp_path, case["was"], case["now"]))
    assert (error.file, error.key) == (HAISHAN.name, case["key"])
    assert case["zh"] in error.expected.zh
    assert case["en"] in error.expected.en
    assert error.in_language("zh") == f"{HAISHAN.name}：{case['key']}：{error.expected.zh}"
    assert error.in_language("en") == f"{HAISHAN.name}: {case['key']}: {error.expected.en}"


def test_lists_too_deep_and_numbers_too_long_are_told(tmp_path: Path) -> None:
    deep = refusal(changed(tmp_path, "version = 2", "version = " + "[" * 5000))
    assert deep.in_language("en") == f"{HAISHAN.name}: tables or lists stand too deep in each other"
    long = refusal(changed(tmp_path, "version = 2", "version = " + "9" * 5000))
    assert long.in_language("en") == f"{HAISHAN.name}: version: a number of too many digits"


BROKEN_REGISTERS = {
    "no head": ("key,code,", "kee,code,", "line 1", "第一列應為", "the first row must be"),
    "a row too short": ("潮音鄉,municipal,yes,12,own", "潮音鄉", "line 2", "應有 10 欄，卻有 6 欄", "must have 10 columns, not 6"),
    "two rows of one key": ("hs02,", "hs01,", "line 3 key", "與第 2 列重複", "that of row 2"),
    "no key": ("hs02,", ",", "line 3 key", "不可空白", "must not be blank"),
    "no name": ("石門國小,", ",", "line 3 name", "不可空白", "must not be blank"),
    "neither yes nor no": ("yes,6,", "maybe,6,", "line 3 participates", "yes 或 no", "yes or no"),
    "classes in words": ("yes,6,", "yes,six,", "line 3 classes", "整數", "whole number"),
    "classes below naught": ("yes,6,", "yes,-6,", "line 3 classes", "整數", "whole number"),
    "a quotation that does not end": ("石門國小,", '"石門國小,', "line 5", "CSV", "CSV"),
}


@pytest.mark.parametrize("name", BROKEN_REGISTERS)
def test_a_broken_register_names_its_line(name: str, tmp_path: Path) -> None:
    old, new, key, zh, en = BROKEN_REGISTERS[name]
    path = written(tmp_path, HAISHAN.read_text("utf-8"))
    register = tmp_path / "registers" / "haishan.csv"
    text = register.read_text("utf-8")
    register.write_text(text.replace(old, new, 1), "utf-8")
    assert register.read_text("utf-8") != text
    error = refusal(path)
    assert (error.file, error.key) == ("haishan.csv", key)
    assert zh in error.expected.zh
    assert en in error.expected.en


def test_a_register_may_put_names_in_quotation_marks(tmp_path: Path) -> None:
    path = written(tmp_path, HAISHAN.read_text("utf-8"))
    register = tmp_path / "registers" / "haishan.csv"
    register.write_text(register.read_text("utf-8").replace("石門國小,", '"石門國小",', 1), "utf-8")
    assert read_programme(path) == read_programme(HAISHAN)


def test_a_file_that_is_not_there_is_told_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "gone.toml"
    assert refusal(path).in_language("en") == f"{path}: cannot be opened (No such file or directory)"
    assert refusal(tmp_path).expected.zh == "檔案打不開（Is a directory）"


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "big5.toml"
    path.write_bytes('id = "x"\ntitle = "海山"\n'.encode("big5"))
    assert refusal(path).in_language("zh") == "big5.toml：應為 UTF-8 編碼（第 2 行）"


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    assert refusal(path).expected.en == "must be at most 2,000,000 bytes"


def test_every_shipped_programme_is_found_by_its_id_and_no_other_file_is() -> None:
    assert known_programmes() == ("hsinchu-111", "newtaipei-111", "taoyuan-110")
    assert [load_programme(programme_id).id for programme_id in known_programmes()] == list(known_programmes())
    paths = [programme_path(programme_id) for programme_id in known_programmes()]
    assert [path.name for path in paths if path is not None and path.is_file()] == [f"{name}.toml" for name in known_programmes()]


@pytest.mark.parametrize("name", ["", "hsinchu-112", "hsinchu-111.clauses", "../programmes/hsinchu-111", "hsinchu-111\0"])
def test_what_nobody_knows_is_no_programme(name: str) -> None:
    assert programme_path(name) is None
    with pytest.raises(KeyError):
        load_programme(name)

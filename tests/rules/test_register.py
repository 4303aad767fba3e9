"""A school is found by what people write of it; what two schools bear finds neither."""

import pytest

from gongxue.rules.programme_file import load_programme
from gongxue.rules.register import Register, School, school_key

PROGRAMME = load_programme("hsinchu-111")
REGISTER = PROGRAMME.register or Register.of(())


def a_school(key: str, code: str = "", name: str = "", full_name: str = "") -> School:
    return School(
        key=key,
        code=code,
        name=name,
        full_name=full_name,
        level="elementary",
        district="",
        founder="municipal",
        participates=True,
        classes=None,
        code_is="own",
    )


def found(text: str) -> str | None:
    school = REGISTER.find(text)
    return school.name if school is not None else None


def test_47_schools_take_part_46_of_the_city_and_one_of_a_university() -> None:
    part = [school for school in REGISTER.schools if school.participates]
    assert len(part) == 47
    assert sum(school.founder == "municipal" for school in part) == 46
    assert [school.name for school in part if school.founder != "municipal"] == ["清華大學附小"]
    assert all(school.founder != "municipal" for school in REGISTER.schools if not school.participates)


def test_every_school_has_an_identity_of_its_own() -> None:
    assert len({school.key for school in REGISTER.schools}) == len(REGISTER.schools) == 54


def test_every_short_and_full_name_and_every_code_of_its_own_finds_its_school() -> None:
    codes = [school.code for school in REGISTER.schools]
    for school in REGISTER.schools:
        own_code = [school.code] if codes.count(school.code) == 1 else []
        words = [school.name, *filter(None, [school.full_name]), *own_code]
        assert [REGISTER.find(word) for word in words] == [school] * len(words)


@pytest.mark.parametrize(
    "written",
    [
        "183601",
        "１８３６０１",
        " 183601 ",
        "183 601",
        "新竹國小",
        "新竹　國小",
        " 新竹 國小\n",
        "新竹市東區新竹國民小學",
        "新竹市 東區 新竹國民小學",
    ],
)
def test_a_school_is_found_however_it_is_written(written: str) -> None:
    assert found(written) == "新竹國小"


@pytest.mark.parametrize("written", ["", " ", "　", None, "18360", "1836010", "新竹", "竹國小", "新竹國小附幼", "台北國小"])
def test_what_is_blank_or_only_near_finds_nothing(written: str | None) -> None:
    assert REGISTER.find(written) is None


def test_brackets_may_be_full_width() -> None:
    assert found("成德高中（國中部）") == found("成德高中(國中部)") == "成德高中(國中部)"


def test_schools_without_a_code_are_not_found_by_an_empty_one() -> None:
    without = [school for school in REGISTER.schools if not school.code]
    assert len(without) > 1
    assert "" not in REGISTER.index
    assert [found(school.name) for school in without] == [school.name for school in without]


def test_a_code_borne_by_two_rows_finds_neither_and_their_names_still_do() -> None:
    assert [school.name for school in REGISTER.schools if school.code == "180301"] == ["竹科實驗高中附設國小部", "竹科實驗高中(國中部)"]
    assert REGISTER.find("180301") is None
    assert found("竹科實驗高中附設國小部") == "竹科實驗高中附設國小部"


def test_what_three_rows_bear_finds_none_of_them() -> None:
    schools = [a_school(key, code="900001", name=f"第{key}國小") for key in "一二三"]
    register = Register.of(tuple(schools))
    assert register.find("900001") is None
    assert register.find("第三國小") == schools[2]


def test_a_name_that_is_anothers_full_name_finds_neither() -> None:
    register = Register.of((a_school("a", name="海山國小"), a_school("b", name="山海國小", full_name="海山國小")))
    assert register.find("海山國小") is None
    assert register.find("山海國小") == register.schools[1]


def test_a_school_whose_short_name_is_its_full_name_is_found() -> None:
    register = Register.of((a_school("a", name="海山國小", full_name="海山國小"),))
    assert register.find("海山國小") == register.schools[0]


def test_two_ways_to_write_tai_are_alike() -> None:
    register = Register.of((a_school("a", name="臺灣國小"), a_school("b", name="台中國小")))
    assert register.find("台灣國小") == register.find("臺灣國小") == register.schools[0]
    assert register.find("臺中國小") == register.find("台中國小") == register.schools[1]


def test_the_official_name_is_the_full_one_where_it_is_known() -> None:
    assert a_school("a", name="海山國小", full_name="海山縣海山國民小學").official_name == "海山縣海山國民小學"
    assert a_school("a", name="海山國小").official_name == "海山國小"


def test_one_school_has_one_key_whether_by_code_or_name() -> None:
    assert {school_key(REGISTER, text) for text in ("183601", "１８３６０１", "新竹國小", "新竹市東區新竹國民小學")} == {"# hc05"}


def test_schools_outside_of_the_register_are_compared_as_text() -> None:
    assert school_key(REGISTER, "臺北市 大安國小") == school_key(REGISTER, "台北市大安國小") == "台北市大安國小"
    assert school_key(REGISTER, "大安國小") != school_key(REGISTER, "大同國小")
    assert school_key(None, " 新竹國小") == "新竹國小"
    assert school_key(REGISTER, "") == school_key(REGISTER, None) == school_key(None, " ") == ""


def test_no_text_can_pass_for_a_schools_key() -> None:
    key = school_key(REGISTER, "新竹國小")
    assert school_key(REGISTER, key) != key

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongxue.rules.filenames import plan_file_name, unique_names

TEMPLATE = "新竹市111學年度{school}-{community}-{tier}"
TIER = "課程研創學習社群"


def name_of(community: str, *, school: str = "建華國中", tier: str = TIER, template: str = TEMPLATE, extension: str = "pdf") -> str:
    return plan_file_name(template, school, community, tier, extension)


def test_a_file_is_named_as_the_plan_wants_it() -> None:
    assert (
        plan_file_name(TEMPLATE, "建華國中", "PBL走讀護城河社群", "專題實踐學習社群", "pdf")
        == "新竹市111學年度建華國中-PBL走讀護城河社群-專題實踐學習社群.pdf"
    )


def test_an_extension_may_come_with_its_dot() -> None:
    assert name_of("共備", extension=".docx") == name_of("共備", extension="docx")


@pytest.mark.parametrize(
    ("community", "in_the_name"),
    [
        ("A/B:C?", "A／B：C？"),
        ('<"a|b\\c*">', "＜＂a｜b＼c＊＂＞"),
        ("../../etc", "..／..／etc"),
        ("共備\n社群\t一", "共備 社群 一"),
        ("  共備　　社群 ", "共備 社群"),
        ("a\x00b\x7fc\x9f", "a_b_c_"),
        ("\ud800", "_"),
        ("\ufffe", "_"),
        ("\uf03a", "_"),
        ("abc\u202egpj", "abcgpj"),
        ("共\u200b備\ufeff\u00ad", "共備"),
        ("字\ufe00字\U000e0100", "字字"),
        ("Cafe\u0301", "Café"),
        ("e\u200d\u0301", "é"),
        ("<\u0338≮", "＜＜"),
        ("\u0301社群", "社群"),
        ("{school}", "{school}"),
        ("𠮷田堃喆", "𠮷田堃喆"),
        ("", "未填"),
        (" \n", "未填"),
        ("\u200b\u3164\u0301", "未填"),
    ],
)
def test_what_people_typed_cannot_break_the_name(community: str, in_the_name: str) -> None:
    assert name_of(community) == f"新竹市111學年度建華國中-{in_the_name}-{TIER}.pdf"


def test_blank_parts_are_seen_in_the_name() -> None:
    assert plan_file_name(TEMPLATE, "", " ", "\u200b", "odt") == "新竹市111學年度未填-未填-未填.odt"


@pytest.mark.parametrize(
    ("community", "name"),
    [
        ("CON", "_CON.pdf"),
        ("nul.tar", "_nul.tar.pdf"),
        ("com1 .x", "_com1 .x.pdf"),
        ("LPT³", "_LPT³.pdf"),
        ("CONIN$", "_CONIN$.pdf"),
        ("COM10", "COM10.pdf"),
        ("Console", "Console.pdf"),
        (".hidden", "hidden.pdf"),
        ("--rm -rf", "rm -rf.pdf"),
        ("共備. . .", "共備.pdf"),
        ("-.-", "未填.pdf"),
    ],
)
def test_a_template_that_begins_with_a_community_gives_no_name_with_a_meaning_to_a_system(community: str, name: str) -> None:
    assert name_of(community, template="{community}") == name


def test_a_long_name_is_shortened_in_the_community() -> None:
    name = name_of("長" * 300)
    assert name == f"新竹市111學年度建華國中-{'長' * 60}…-{TIER}.pdf"
    assert len(name.encode()) == 246


def test_the_school_is_shortened_only_when_the_community_is_gone() -> None:
    name = name_of("長" * 300, school="校" * 300)
    assert name.startswith("新竹市111學年度校校校")
    assert name.endswith(f"校…-長…-{TIER}.pdf")


def test_the_school_stays_whole_while_the_community_can_be_cut_also_where_letters_count_differently() -> None:
    name = name_of("ΐ" * 90, school="校" * 50)
    assert name.startswith(f"新竹市111學年度{'校' * 50}-ΐΐ")
    assert name.endswith(f"ΐ…-{TIER}.pdf")


def test_a_name_is_cut_between_letters() -> None:
    names = [name_of("x" * start + "e\u0323\u0302" * 100 + "🇹🇼👍🏽" * 30) for start in range(9)]
    cut = [name.removesuffix(f"…-{TIER}.pdf").rpartition("-")[2] for name in names]
    assert [text.strip("x").replace("\u1ec7", "").replace("🇹🇼", "").replace("👍🏽", "") for text in cut] == [""] * 9
    flags = [name_of("x" * start + "🇹🇼👍🏽" * 60).removesuffix(f"…-{TIER}.pdf").rpartition("-")[2] for start in range(16)]
    assert [text.strip("x").replace("🇹🇼", "").replace("👍🏽", "") for text in flags] == [""] * 16


@pytest.mark.parametrize(
    "template", ["新竹市111學年度", "{school}-{city}", "{}", "{school}-{community!r}", "{school.__class__}", "長" * 41 + "{tier}"]
)
def test_a_template_that_no_programme_may_have_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"placeholders|too long"):
        name_of("共備", template=template)


@pytest.mark.parametrize("extension", ["", ".", "..pdf", "p/f", "tar.gz", "附件", "pdf ", "pdf\n", "a" * 11])
def test_an_extension_that_is_none_is_refused(extension: str) -> None:
    with pytest.raises(ValueError, match="extension"):
        name_of("共備", extension=extension)


FORBIDDEN = set('<>:"/\\|?*')
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *(port + digit for port in ("com", "lpt") for digit in "0123456789¹²³")}


def faults(name: str) -> list[str]:
    """What is wrong with a file name anywhere, by the rules of the systems as they are published."""
    decomposed = unicodedata.normalize("NFD", name)
    checks = {
        "forbidden": FORBIDDEN & set(name + decomposed),
        "control, surrogate, unassigned or invisible": [c for c in name if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}],
        "space other than a single plain one": [c for c in name if c.isspace() and c != " "] or "  " in name,
        "begins badly": name[:1] in {"", " ", ".", "-"},
        "ends badly": name[-1:] in {" ", "."} or name.rpartition(".")[0][-1:] in {" ", "."},
        "device": name.partition(".")[0].rstrip().lower() in DEVICES,
        "not NFC": unicodedata.normalize("NFC", name) != name,
        "bytes": len(name.encode("utf-8", "surrogatepass")) > 255,
        "units": len(decomposed.encode("utf-16-le", "surrogatepass")) > 510,
    }
    return [fault for fault, found in checks.items() if found]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("a:b.pdf", "forbidden"),
        ("≮.pdf", "forbidden"),
        ("a\u202eb.pdf", "control, surrogate, unassigned or invisible"),
        (".pdf", "begins badly"),
        ("a .pdf", "ends badly"),
        ("com¹.x.pdf", "device"),
        ("e\u0301.pdf", "not NFC"),
        ("長" * 84 + ".pdf", "bytes"),
        ("ΐ" * 90 + ".pdf", "units"),
    ],
)
def test_the_tests_own_eye_sees_a_bad_name(name: str, fault: str) -> None:
    assert fault in faults(name)


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            '<>:"/\\|?*. -_~\x00\n\u202e\u200d\u0301\u0338\u0344\ufe0f\u1fb7\u0390🏽🇹各각\u1112\u1161\u11ab\uac00CONcom1¹（2）{}'
        ),
    ),
    max_size=120,
)
TEMPLATES = st.sampled_from(
    [
        TEMPLATE,
        "{community}",
        "{tier}{school}{community}",
        "-{school}.{community} ({tier}) .",
        "{community}" * 3,
        "約" * 38 + "{school}{tier}",
    ]
)


@given(TEMPLATES, NASTY, NASTY, NASTY, st.sampled_from(["pdf", ".docx", "ODT", "a" * 10]))
@example("{community}", "", "\u0301" * 500, "", "pdf")
@example("{tier}{school}{community}", "🏽" * 300, "a" + "\U0001d165" * 300, "각" * 300, "pdf")
@example("約" * 38 + "{school}{tier}", "\u1fb7" * 300, "", "𝅘𝅥" * 300, "a" * 10)
def test_no_text_gives_an_unsafe_name(template: str, school: str, community: str, tier: str, extension: str) -> None:
    name = plan_file_name(template, school, community, tier, extension)
    assert faults(name) == []
    assert name.endswith("." + extension.removeprefix("."))


@given(NASTY, NASTY, st.text(min_size=30))
def test_no_text_loses_the_tier(school: str, community: str, more: str) -> None:
    assert name_of(community + more * 10, school=school).endswith(f"-{TIER}.pdf")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NASTY)
def test_any_name_can_be_saved_and_is_found_under_it(tmp_path: Path, community: str) -> None:
    path = tmp_path / name_of(community, template="{community}")
    path.write_bytes(b"")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    path.unlink()


@given(NASTY, NASTY)
def test_a_name_that_is_safe_is_not_changed_again(school: str, community: str) -> None:
    stem = name_of(community, school=school).removesuffix(".pdf")
    assert plan_file_name("{community}", "", stem, "", "pdf") == f"{stem}.pdf"


@pytest.mark.parametrize(
    ("names", "unique"),
    [
        ([], []),
        (["a.pdf", "b.pdf"], ["a.pdf", "b.pdf"]),
        (["a.pdf", "a.pdf", "a.pdf"], ["a.pdf", "a（2）.pdf", "a（3）.pdf"]),
        (["a.pdf", "A.PDF"], ["a.pdf", "A（2）.PDF"]),
        (["é.pdf", "e\u0301.pdf"], ["é.pdf", "e\u0301（2）.pdf"]),
        (["a.pdf", "a.odt"], ["a.pdf", "a.odt"]),
        (["a.pdf", "a.pdf", "a（2）.pdf", "a.pdf"], ["a.pdf", "a（3）.pdf", "a（2）.pdf", "a（4）.pdf"]),
        (["a", "a"], ["a", "a（2）"]),
        (["社群. 一", "社群. 一"], ["社群. 一", "社群. 一（2）"]),
    ],
)
def test_equal_names_are_numbered(names: list[str], unique: list[str]) -> None:
    assert unique_names(names) == unique


def test_communities_whose_names_clean_to_the_same_are_told_apart() -> None:
    names = [name_of(community) for community in ("數學/共備", "數學／共備", "數學\u200b/共備")]
    tail = f"-{TIER}"
    assert unique_names(names) == [f"新竹市111學年度建華國中-數學／共備{tail}{mark}.pdf" for mark in ("", "（2）", "（3）")]


def test_the_longest_names_can_be_numbered_without_losing_the_tier() -> None:
    numbered = unique_names([name_of("長" * 300)] * 999)
    assert len(set(numbered)) == 999
    assert [name for name in numbered if TIER not in name or faults(name)] == []


def test_names_from_elsewhere_that_leave_no_room_are_shortened() -> None:
    assert unique_names(["長" * 83 + ".pdf"] * 2) == ["長" * 83 + ".pdf", "長" * 81 + "（2）.pdf"]


@given(st.lists(st.text("aAéE\u0301ßsſ（2）.", max_size=6), max_size=12))
def test_all_names_differ_even_where_case_is_ignored(names: list[str]) -> None:
    unique = unique_names(names)
    assert len({folded(name) for name in unique}) == len(names)


@given(st.lists(st.text("aAé（2）.", max_size=6), max_size=12))
def test_the_first_of_equal_names_keeps_its_own(names: list[str]) -> None:
    keys = [folded(name) for name in names]
    firsts = [at for at, key in enumerate(keys) if keys.index(key) == at]
    assert [unique_names(names)[at] for at in firsts] == [names[at] for at in firsts]


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())

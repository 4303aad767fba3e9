"""What differs between two versions, field by field and word by word."""

import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.records.changes import Change, merge
from gongxue.records.diff import Difference, Piece, differences, words
from tests.records.city import numbered, put

DOCUMENT = numbered("thematic")
SESSIONS = [row["id"] for row in DOCUMENT["sessions"]]
MEMBERS = [row["id"] for row in DOCUMENT["members"]]


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join({"same": piece.text, "gone": f"[-{piece.text}-]", "new": f"[+{piece.text}+]"}[piece.kind] for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", ""),
        ("一樣", "一樣", "一樣"),
        ("", "新的", "[+新的+]"),
        ("舊的", "", "[-舊的-]"),
        ("教師輪流示範並回饋。", "教師示範並且回饋。", "教師[-輪流-]示範並[+且+]回饋。"),
        ("用 Canva 做海報", "用 Canvas 做大海報", "用 [-Canva-][+Canvas+] 做[+大+]海報"),
        ("共 12 場", "共 120 場", "共 [-12-][+120+] 場"),
        ("第一行\n第二行", "第一行\n\n第二行", "第一行[-\n-][+\n\n+]第二行"),
        ("𠮷野家", "吉野家", "[-𠮷-][+吉+]野家"),
        ("snake_case", "snake-case", "snake[-_-][+-+]case"),
    ],
)
def test_words_that_are_gone_and_new(before: str, after: str, told: str) -> None:
    assert marked(words(before, after)) == told


@given(st.text("的一是A1 。\n", max_size=80), st.text("的一是A1 。\n", max_size=80))
def test_pieces_make_both_texts_again(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("before", "after"),
    [("甲乙" * 10_000, "乙甲甲" * 6_600), ("。" * 20_000, "甲。" * 10_000), ("字" * 19_000 + "一", "二" + "字" * 19_000)],
)
def test_the_longest_texts_are_compared_in_bounded_time(before: str, after: str) -> None:
    started = time.perf_counter()
    pieces = words(before, after)
    assert time.perf_counter() - started < 2
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before


def test_one_sentence_of_a_long_text_is_found() -> None:
    sentences = [f"第 {number} 句話，說的是共備與觀課。" for number in range(1200)]
    changed = [*sentences[:300], "改過的一句。", *sentences[301:900], *sentences[901:]]
    pieces = words("".join(sentences), "".join(changed))
    assert len([piece.text for piece in pieces if piece.kind == "gone"][-1]) == len(sentences[900])
    assert sum(len(piece.text) for piece in pieces if piece.kind != "same") < 80


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, int, Any, Any]]:
    return [(each.kind, each.path, each.number, each.before, each.after) for each in differences(before, after)]


def test_a_document_does_not_differ_from_itself_or_from_its_blanks() -> None:
    assert differences(DOCUMENT, DOCUMENT) == ()
    assert differences(DOCUMENT, {**DOCUMENT, "school_developed_curriculum": None, "other_funding": None, "history": []}) == ()


def test_fields_are_told_in_the_forms_order() -> None:
    after = merge(
        DOCUMENT,
        [
            put(f"sessions/{SESSIONS[2]}/lecturer/name", None, "歐陽謹"),
            put("convener/phone", DOCUMENT["convener"]["phone"], "03-1"),
            put("cross_school", True, False),
            put("name", DOCUMENT["name"], "新名"),
        ],
    ).document
    assert told(DOCUMENT, after) == [
        ("changed", "name", 0, DOCUMENT["name"], "新名"),
        ("changed", "cross_school", 0, True, False),
        ("changed", "convener/phone", 0, DOCUMENT["convener"]["phone"], "03-1"),
        ("changed", f"sessions/{SESSIONS[2]}/lecturer/name", 3, None, "歐陽謹"),
    ]
    assert differences(DOCUMENT, after)[0].pieces == words(DOCUMENT["name"], "新名")
    assert differences(DOCUMENT, after)[1].pieces == ()


def test_rows_are_added_removed_and_moved() -> None:
    changes = [
        Change("insert", "members", value={"name": "新"}, row="n1", after=MEMBERS[0]),
        Change("remove", "members", row=MEMBERS[1]),
        Change("move", "sessions", row=SESSIONS[0], after=SESSIONS[3]),
    ]
    after = merge(DOCUMENT, changes).document
    assert [(each.kind, each.path, each.number) for each in differences(DOCUMENT, after)] == [
        ("added", "members/n1", 2),
        ("removed", f"members/{MEMBERS[1]}", 2),
        ("moved", f"sessions/{SESSIONS[0]}", 4),
    ]
    assert differences(DOCUMENT, after)[1] == Difference("removed", f"members/{MEMBERS[1]}", 2, before=DOCUMENT["members"][1])


@given(st.permutations(SESSIONS))
def test_as_few_rows_as_possible_count_as_moved(order: list[str]) -> None:
    rows = {row["id"]: row for row in DOCUMENT["sessions"]}
    moved = [each.path for each in differences(DOCUMENT, {**DOCUMENT, "sessions": [rows[row_id] for row_id in order]})]
    stays = [row_id for row_id in order if f"sessions/{row_id}" not in moved]
    assert stays == [row_id for row_id in SESSIONS if row_id in stays]
    for row_id in SESSIONS:
        if f"sessions/{row_id}" in moved:
            with_it = [each for each in order if each in stays or each == row_id]
            assert with_it != [each for each in SESSIONS if each in with_it]

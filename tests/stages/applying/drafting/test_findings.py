"""Where findings stand on a page, and how its inputs are marked."""

from gongxue.rules.finding import Finding
from gongxue.stages.applying.drafting.findings import filled, marked, spoken
from gongxue.stages.applying.drafting.places import by_spot, place_of, placed, spot_of

DOCUMENT = {"members": [{"id": "a"}, {"id": "b"}], "sessions": [{"id": "s", "lecturer": {}}]}


def found(path: str) -> Finding:
    return Finding("x.required", "error", "附件二", path, "尚未填寫<b>。", "Missing.")


def test_a_finding_is_placed_by_the_id_of_its_row() -> None:
    paths = ["name", "convener.email", "members", "members[1].school", "sessions[0].lecturer.periods", "sessions[0].methods[2]"]
    places = ["name", "convener/email", "members", "members/b/school", "sessions/s/lecturer/periods", "sessions/s/methods"]
    assert [place_of(path, DOCUMENT) for path in paths] == places
    assert place_of("content_types[1]", DOCUMENT) == "content_types"
    assert place_of("members[7].name", DOCUMENT) == "members"


def test_what_is_found_in_a_row_is_said_beside_the_row() -> None:
    assert [spot_of(path) for path in ("name", "convener/email", "members", "members/b/school")] == [
        "name",
        "convener/email",
        "members",
        "members/b",
    ]
    spots = by_spot(placed([found("members[1].school"), found("members[1].name")], DOCUMENT))
    assert [path for path, _ in spots["members/b"]] == ["members/b/school", "members/b/name"]


def test_what_is_said_is_escaped_and_has_an_element_for_each_field() -> None:
    html = spoken([("members/b/name", found("members[1].name"))])
    assert 'id="said:members/b/name"' in html
    assert "尚未填寫&lt;b&gt;。" in html


def test_inputs_that_are_wrong_are_marked_and_described() -> None:
    html = '<input class="x" id="a/name" name="a/name" value="1 &gt; 0"><textarea aria-describedby="hint:b" id="b" name="b">x</textarea>'
    assert marked(html, ["a/name", "b", "gone"]) == (
        '<input class="x" id="a/name" name="a/name" value="1 &gt; 0" aria-describedby="said:a/name" aria-invalid="true">'
        '<textarea aria-describedby="said:b hint:b" id="b" name="b" aria-invalid="true">x</textarea>'
    )


def test_what_cannot_be_kept_stands_in_its_input_as_it_was_typed() -> None:
    html = '<input id="tier_year" name="tier_year" value="3"><input id="b" name="b" value="">'
    assert (
        filled(html, {"tier_year": '三"<'})
        == '<input id="tier_year" name="tier_year" value="三&quot;&lt;"><input id="b" name="b" value="">'
    )

"""An office file is opened as the ZIP it is, in memory and within bounds."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from gongxue.documents.reading import refusals
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.package import MOST_ENTRIES, MOST_OF_A_PART, Package
from gongxue.rules.text import Text
from tests.documents.reading.office_files import zipped


def refusal(data: bytes, name: str = "a.xml") -> Text:
    with pytest.raises(FormError) as caught:
        Package(data).part(name)
    return caught.value.text


def test_parts_are_found_by_name_in_any_case_and_slash() -> None:
    package = Package(zipped({"Word\\Document.xml": "文", "folder/": ""}))
    assert package.part("word/document.xml") == "文".encode()
    assert package.part("/WORD/document.XML") == "文".encode()
    assert package.part("folder/") is None
    assert ("word/document.xml" in package, "a.xml" in package) == (True, False)
    assert (package.has_folder("WORD"), package.has_folder("wor")) == (True, False)


def test_a_part_that_is_needed_and_not_there_is_damage() -> None:
    with pytest.raises(FormError) as caught:
        Package(zipped({"b.xml": ""})).needed("a.xml")
    assert caught.value.text == refusals.DAMAGED


@pytest.mark.parametrize("name", ["../../escaped", "/escaped", "C:\\escaped", "a/../../escaped", "nul\x00escaped"])
def test_names_that_lead_out_of_the_package_do_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    package = Package(zipped({name: "x", "a.xml": "y"}))
    assert package.part("a.xml") == b"y"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["here"]


def test_a_part_that_stands_twice_is_refused_and_does_not_matter_unread() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("a.xml", "1")
        target.writestr("A.XML", "2")
        target.writestr("b.xml", "3")
    assert refusal(buffer.getvalue()) == refusals.AMBIGUOUS
    assert Package(buffer.getvalue()).part("b.xml") == b"3"


def test_a_part_may_be_large_and_not_larger() -> None:
    noise = os.urandom(1 << 16)
    fits = (noise * (MOST_OF_A_PART // len(noise) + 1))[:MOST_OF_A_PART]
    assert Package(zipped({"a.xml": fits}, zipfile.ZIP_STORED)).part("a.xml") == fits
    assert refusal(zipped({"a.xml": fits + b"x"}, zipfile.ZIP_STORED)) == refusals.UNPACKS_TOO_LARGE


def test_a_part_that_was_packed_suspiciously_well_is_refused() -> None:
    assert Package(zipped({"a.xml": bytes(1_900_000)})).part("a.xml") == bytes(1_900_000)
    assert refusal(zipped({"a.xml": bytes(2_100_000)})) == refusals.UNPACKS_TOO_LARGE


def test_all_parts_together_are_bounded_before_any_is_unpacked() -> None:
    data = bytearray(zipped({f"{number}.xml": b"x" for number in range(20)}))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 24 : place + 28] = (11_000_000).to_bytes(4, "little")
    with pytest.raises(FormError) as caught:
        Package(bytes(data))
    assert caught.value.text == refusals.UNPACKS_TOO_LARGE


def test_a_package_of_too_many_parts_is_refused_before_they_are_listed() -> None:
    assert refusal(zipped({str(number): "" for number in range(MOST_ENTRIES + 1)})) == refusals.TOO_MANY_PARTS


def changed(place: int, value: bytes) -> bytes:
    """A package whose one part has other bytes at `place` of its entry in the list of parts."""
    data = bytearray(zipped({"a.xml": "x" * 50}))
    entry = data.find(b"PK\x01\x02") + place
    data[entry : entry + len(value)] = value
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (changed(8, b"\x01\x00"), refusals.ENCRYPTED),
        (changed(10, b"\x63\x00"), refusals.DAMAGED),
        (changed(10, b"\x0e\x00"), refusals.DAMAGED),
        (changed(16, b"\x00\x00\x00\x00"), refusals.DAMAGED),
        (changed(24, b"\x01\x00\x00\x00"), refusals.DAMAGED),
        (changed(24, b"\xff\xff\xff\x00"), refusals.UNPACKS_TOO_LARGE),
        (changed(42, b"\xff\xff\xff\x00"), refusals.DAMAGED),
        (changed(46, b"b"), None),
        (zipped({"a.xml": "x"}, zipfile.ZIP_BZIP2), refusals.DAMAGED),
        (zipped({"a.xml": "x"}, zipfile.ZIP_LZMA), refusals.DAMAGED),
        (b"PK\x03\x04" + bytes(100), refusals.DAMAGED),
    ],
)
def test_what_the_list_of_parts_says_falsely_is_seen(data: bytes, expected: Text | None) -> None:
    if expected is None:
        assert Package(data).part("a.xml") is None
    else:
        assert refusal(data) == expected

"""What people hand in: ordinary files are taken; of two hundred hostile ones each is refused, or nothing harmful is left of it.

Time and memory are bounded where the child is started; a file that wants more is refused.
"""

import unicodedata
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Pdf, Stream

from gongxue.documents.pdf import render_pdf
from gongxue.records.files import Clean
from gongxue.site import printing
from gongxue.site.uploads.taking import take, take_scan
from gongxue.site.uploads.unfit import REASONS, UnfitError
from tests.records.city import document
from tests.site.uploads import hostile, hostile_pdfs, ordinary
from tests.site.uploads.ordinary import HEIC, exif, pdf, picture

Rounds = Callable[[int, int], int]
ACTIVE = ("/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/AcroForm", "/Annots", "/RichMedia", "/AF", "/Ref")
NOT_ROOTS = ("/Names", "/Outlines", "/Collection", "/Metadata", "/Dests")
LEFTOVERS = (b"<script", b"alert(", b"PK\x03\x04", b"cmd.exe", b"/etc/passwd", b"MZ\x90")


class Part(BytesIO):
    """A file of a form."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name: str | None = name


def active(data: bytes) -> set[str]:
    """What of a PDF could do something."""
    found: set[str] = set()
    with Pdf.open(BytesIO(data)) as book:
        found |= {key for key in NOT_ROOTS if key in book.Root}
        for each in book.objects:
            if isinstance(each, Dictionary | Stream):
                found |= {key for key in ACTIVE if key in each}
                found |= {"/F"} & set(each.keys()) if isinstance(each, Stream) else set()
    return found


def harm(clean: Clean) -> list[str]:
    """What is left in a file that was taken."""
    left = [repr(words) for words in LEFTOVERS if words in clean.data]
    if clean.kind == "pdf":
        return [*left, *sorted(active(clean.data))]
    seen = hostile.is_picture(clean.data)
    left += sorted(set(map(str, seen.info)) & {"exif", "comment", "icc_profile", "xmp", "photoshop"})
    return [*left, *(["size"] if max(seen.size) > 3600 else []), *(["behind"] if not clean.data.endswith(b"\xff\xd9") else [])]


def odd(name: str) -> list[str]:
    """What does not belong into a name that people read."""
    hidden = [character for character in name if unicodedata.category(character) in ("Cc", "Cf", "Cs")]
    return [*hidden, *(mark for mark in '/\\<>"|' if mark in name), *(["long"] if len(name) > 100 else []), *([] if name else ["none"])]


def test_hostile_files_are_refused_or_nothing_harmful_is_left(rounds: Rounds) -> None:
    files = hostile.files()
    assert len(files) >= 200
    chosen = files[:: -(-len(files) // rounds(14, len(files)))]
    wrong: dict[str, object] = {}
    for what, name, make in chosen:
        try:
            clean = take(name, make())
        except UnfitError as error:
            if error.code not in REASONS:
                wrong[what] = error.code
        else:
            if found := [*harm(clean), *odd(clean.name)]:
                wrong[what] = found
    assert wrong == {}


def test_ordinary_files_are_taken(rounds: Rounds) -> None:
    files = list(ordinary.files())
    taken = [take(name, data) for name, data in files[:: len(files) // rounds(6, len(files))]]
    assert [harm(clean) for clean in taken if harm(clean)] == []


def test_a_photo_is_turned_upright_and_does_not_tell_where_it_was_taken() -> None:
    clean = take("IMG_1.JPG", picture("JPEG", 400, 100, exif=exif(orientation=6)))
    assert hostile.is_picture(clean.data).size == (100, 400)
    assert (clean.kind, clean.pages, clean.name, harm(clean)) == ("jpeg", 1, "IMG_1.jpg", [])
    assert b"Exif" not in clean.data


def test_a_heic_of_a_phone_is_seen_everywhere() -> None:
    seen = hostile.is_picture(take("IMG_2.HEIC", HEIC).data)
    red, green, _ = seen.getpixel((20, 20))  # type: ignore[misc]  # of three colours
    assert (seen.size, red > 200, green < 80) == ((64, 48), True, True)


def test_a_paper_of_our_own_keeps_its_pages_and_its_text(rounds: Rounds) -> None:
    paper = printing.application_paper(document(), "hsinchu-111", 1, "2", "0" * 64)
    printed = render_pdf(paper).data
    clean = take("附件二.pdf", printed)
    with Pdf.open(BytesIO(printed)) as before, Pdf.open(BytesIO(clean.data)) as after:
        assert (len(after.pages), clean.pages) == (len(before.pages), len(before.pages))
        assert [page.Contents.read_bytes() for page in after.pages] == [page.Contents.read_bytes() for page in before.pages]
    assert harm(clean) == []


def test_what_was_filled_into_a_form_is_still_seen_and_no_longer_a_form() -> None:
    clean = take("form.pdf", hostile_pdfs.FILES["form with scripts and XFA"]())
    with Pdf.open(BytesIO(clean.data)) as book:
        drawn = [each.read_bytes() for each in book.objects if isinstance(each, Stream) and each.get("/Subtype") == pikepdf.Name.Form]
    assert any(b"seen" in content for content in drawn)
    assert active(clean.data) == set()


@pytest.mark.parametrize(
    ("what", "code"),
    [("a password to open", "encrypted"), ("a password to change", "encrypted"), ("no page", "damaged"), ("5,000 pages", "size")],
)
def test_a_pdf_that_is_not_taken_says_why(what: str, code: str) -> None:
    with pytest.raises(UnfitError) as refused:
        take("x.pdf", hostile_pdfs.FILES[what]())
    assert refused.value.code == code


def test_photos_of_several_pages_become_one_pdf_in_their_order() -> None:
    clean = take_scan([Part("1.jpg", picture("JPEG", 300, 400)), Part("2.png", picture("PNG", 400, 300)), Part("3.heic", HEIC)])
    with Pdf.open(BytesIO(clean.data)) as book:
        assert [[float(each) for each in page.MediaBox] for page in book.pages] == [
            [0, 0, 595.28, 841.89],
            [0, 0, 841.89, 595.28],
            [0, 0, 841.89, 595.28],
        ]
    assert (clean.kind, clean.pages, clean.name, harm(clean)) == ("pdf", 3, "1.pdf", [])


@pytest.mark.parametrize(("parts", "code"), [(["pdf", "jpeg"], "mixed"), (["pdf", "pdf"], "mixed"), ([], "empty"), (["jpeg", "x"], "kind")])
def test_a_scan_is_one_pdf_or_photos(parts: list[str], code: str) -> None:
    made = {"pdf": pdf(), "jpeg": picture("JPEG"), "x": b"text"}
    with pytest.raises(UnfitError) as refused:
        take_scan([Part(f"{part}.pdf", made[part]) for part in parts])
    assert refused.value.code == code


def test_too_many_photos_are_refused_before_any_is_looked_at() -> None:
    parts = [Part(f"{number}.jpg", b"x") for number in range(21)]
    with pytest.raises(UnfitError) as refused:
        take_scan(parts)
    assert (refused.value.code, {part.tell() for part in parts}) == ("mixed", {0})


def test_photos_that_take_too_long_together_are_refused() -> None:
    """Each may take its ten seconds; all of them must not keep a worker of the web server for minutes."""
    parts = [Part(f"{number}.jpg", picture("JPEG", 30, 40)) for number in range(3)]
    with pytest.raises(UnfitError) as refused:
        take_scan(parts, seconds=0)
    assert (refused.value.code, [part.tell() > 0 for part in parts]) == ("size", [True, False, False])

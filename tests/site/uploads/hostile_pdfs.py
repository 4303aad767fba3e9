"""PDFs made to do something to whoever opens them, or to stop the program that does."""

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.site.uploads.ordinary import add_pages, pdf, saved

SCRIPT = "app.alert('x'); this.submitForm('http://127.0.0.1/');"
Change = Callable[[Pdf], Any]


def script() -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=pikepdf.String(SCRIPT))


def launch() -> Dictionary:
    """An action that starts a program."""
    return Dictionary(S=Name.Launch, F=pikepdf.String("cmd.exe"), Win=Dictionary(F=pikepdf.String("cmd.exe"), P=pikepdf.String("/c calc")))


def with_root(**parts: Any) -> Callable[[], bytes]:
    """A PDF with `parts` in its root."""
    return lambda: pdf(1, **parts)


def changed(change: Change) -> Callable[[], bytes]:
    """A good PDF of one page, after `change`."""

    def made() -> bytes:
        with Pdf.new() as book:
            add_pages(book)
            change(book)
            return saved(book)

    return made


def noted(**parts: Any) -> Callable[[], bytes]:
    """A page with an annotation."""

    def change(book: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 595, 842]), **parts)
        book.pages[0].obj["/Annots"] = Array([book.make_indirect(note)])

    return changed(change)


def attached(book: Pdf) -> Dictionary:
    """A file within the PDF."""
    inside = Stream(book, b"MZ" + b"\0" * 100, Type=Name.EmbeddedFile)
    return Dictionary(Type=Name.Filespec, F=pikepdf.String("run.exe"), EF=Dictionary(F=book.make_indirect(inside)))


def _attachments(book: Pdf) -> None:
    book.Root["/Names"] = Dictionary(EmbeddedFiles=Dictionary(Names=Array([pikepdf.String("run.exe"), book.make_indirect(attached(book))])))
    book.Root["/AF"] = Array([book.make_indirect(attached(book))])


def _form(book: Pdf) -> None:
    shown = Stream(book, b"/Tx BMC q BT (seen) Tj ET Q EMC", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 250, 40]))
    field = book.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("a"), V=pikepdf.String("seen"),
            Rect=Array([50, 50, 300, 90]),
            DA=pikepdf.String("/Helv 12 Tf 0 g"), AA=Dictionary(K=script(), F=script()), A=script(),
            AP=Dictionary(N=book.make_indirect(shown)),
        )
    )  # fmt: skip
    book.pages[0].obj["/Annots"] = Array([field])
    xfa = book.make_indirect(Stream(book, b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>x</script></xdp:xdp>"))
    book.Root["/AcroForm"] = Dictionary(Fields=Array([field]), XFA=xfa, CO=Array([field]))


def _external(book: Pdf) -> None:
    book.pages[0].obj["/Contents"] = book.make_indirect(Stream(book, b"", F=pikepdf.String("/etc/passwd")))


def _xobject(**parts: Any) -> Change:
    def change(book: Pdf) -> None:
        each = book.make_indirect(Stream(book, parts.pop("data", b"q Q"), Type=Name.XObject, **parts))
        book.pages[0].obj["/Resources"]["/XObject"]["/X"] = each

    return change


def _reference(book: Pdf) -> None:
    _xobject(Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Ref=Dictionary(F=attached(book), Page=0))(book)


def _packed(book: Pdf, data: bytes, times: int) -> None:
    for _ in range(times):
        data = zlib.compress(data, 9)
    stream = Stream(book, data, Filter=Array([Name.FlateDecode] * times))
    book.pages[0].obj["/Contents"] = book.make_indirect(stream)


def _zeros(megabytes: int) -> bytes:
    machine = zlib.compressobj(9)
    return b"".join([*(machine.compress(b" " * 2**20) for _ in range(megabytes)), machine.flush()])


def _bomb(megabytes: int, over: int = 0) -> Callable[[], bytes]:
    def change(book: Pdf) -> None:
        data, filters = _zeros(megabytes), [Name.FlateDecode]
        for _ in range(over):
            data, filters = zlib.compress(data, 9), [*filters, Name.FlateDecode]
        book.pages[0].obj["/Contents"] = book.make_indirect(Stream(book, data, Filter=Array(filters)))

    return changed(change)


def _circle(book: Pdf) -> None:
    book.Root["/Pages"]["/Kids"] = Array([book.Root["/Pages"]])


def raw(body: bytes, root: bytes = b"<</Type/Catalog/Pages 2 0 R>>") -> bytes:
    """A PDF written by hand: `body` is objects from number 2 on."""
    data = b"%PDF-1.7\n1 0 obj" + root + b"endobj\n" + body
    return data + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 1>>\nstartxref\n" + str(len(data)).encode() + b"\n%%EOF"


PAGE = b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"


def _locked(**passwords: str) -> Callable[[], bytes]:
    def made() -> bytes:
        with Pdf.new() as book:
            add_pages(book)
            return saved(book, encryption=pikepdf.Encryption(**passwords))  # type: ignore[arg-type]  # one or both

    return made


def _many(pages: int) -> bytes:
    with Pdf.new() as book:
        for _ in range(pages):
            book.add_blank_page()
        return saved(book)


FILES: dict[str, Callable[[], bytes]] = {
    "script when opened": with_root(OpenAction=script()),
    "program started when opened": with_root(OpenAction=launch()),
    "address opened when opened": with_root(OpenAction=Dictionary(S=Name.URI, URI=pikepdf.String("http://127.0.0.1/"))),
    "script when closed, saved, printed": with_root(AA=Dictionary(WC=script(), WS=script(), WP=script())),
    "scripts by name": with_root(Names=Dictionary(JavaScript=Dictionary(Names=Array([pikepdf.String("a"), script()])))),
    "attached program": changed(_attachments),
    "portfolio": with_root(Collection=Dictionary(View=Name.D)),
    "form with scripts and XFA": changed(_form),
    "XFA alone": with_root(AcroForm=Dictionary(Fields=Array([]), XFA=pikepdf.String("<xdp/>"))),
    "script of a page": changed(lambda book: book.pages[0].obj.__setitem__("/AA", Dictionary(O=script(), C=script()))),
    "link that starts a program": noted(Subtype=Name.Link, A=launch()),
    "link that runs a script": noted(Subtype=Name.Link, A=script()),
    "link to another file": noted(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=pikepdf.String("\\\\host\\share"))),
    "link that sends the form": noted(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F=pikepdf.String("http://127.0.0.1/"))),
    "link that reads a form": noted(Subtype=Name.Link, A=Dictionary(S=Name.ImportData, F=pikepdf.String("/etc/passwd"))),
    "script behind a chain of actions": noted(Subtype=Name.Link, A=Dictionary(S=Name.Named, N=Name.NextPage, Next=script())),
    "rich media": noted(Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([])))),
    "film": noted(Subtype=Name.Movie, Movie=Dictionary(F=pikepdf.String("http://127.0.0.1/x.avi"))),
    "screen": noted(Subtype=Name.Screen, A=Dictionary(S=Name.Rendition, OP=0, JS=pikepdf.String(SCRIPT))),
    "sound": noted(Subtype=Name.Sound, A=Dictionary(S=Name.Sound)),
    "3D": noted(Subtype=pikepdf.Name("/3D"), **{"3DA": Dictionary(A=Name.PO)}),
    "paper clip": changed(
        lambda book: book.pages[0].obj.__setitem__(
            "/Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=attached(book))])
        )
    ),
    "outline that runs a script": with_root(Outlines=Dictionary(First=Dictionary(Title=pikepdf.String("x"), A=script()))),
    "content from another file": changed(_external),
    "reference to another file": changed(_reference),
    "PostScript": changed(_xobject(Subtype=Name.PS, data=b"(%pipe%id) (w) file")),
    "PostScript by its old name": changed(_xobject(Subtype=Name.Form, Subtype2=Name.PS, BBox=Array([0, 0, 1, 1]))),
    "picture of 4 gigapixels": changed(
        _xobject(Subtype=Name.Image, Width=65000, Height=65000, ColorSpace=Name.DeviceGray, BitsPerComponent=1)
    ),
    "a password to open": _locked(user="x", owner="y"),
    "a password to change": _locked(owner="y"),
    "1 GB in one stream": _bomb(1024),
    "600 MB packed twice": _bomb(600, over=1),
    "packed thirty times": changed(lambda book: _packed(book, b"q Q" * 1000, 30)),
    "5,000 pages": lambda: _many(5000),
    "no page": lambda: raw(b"2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"),
    "pages in a circle": changed(_circle),
    "a page tree that leads to itself": lambda: raw(b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"),
    "100,000 brackets": lambda: raw(PAGE + b"4 0 obj" + b"[" * 100_000 + b"endobj\n"),
    "100,000 dictionaries": lambda: raw(PAGE + b"4 0 obj" + b"<</A" * 100_000 + b"endobj\n", b"<</Type/Catalog/Pages 2 0 R/X 4 0 R>>"),
    "a header and nothing": lambda: b"%PDF-1.7\n",
    "a header and noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "a table that leads to itself": lambda: b"%PDF-1.7\nxref\n0 0\ntrailer<</Prev 9/Size 1>>\nstartxref\n9\n%%EOF",
    "a size of two billion": lambda: raw(PAGE).replace(b"/Size 1", b"/Size 2147483647"),
    "a file before it": lambda: b"\xff\xd8\xff\xe0 not a picture " * 20 + pdf(),
    "a ZIP behind it": lambda: pdf() + b"PK\x03\x04" + b"\0" * 200 + b"PK\x05\x06" + b"\0" * 18,
    "a page in front of it": lambda: b"<html><script>alert(1)</script>" + pdf(),
    "a page behind it": lambda: pdf() + b"<html><script>alert(1)</script>",
}  # fmt: skip

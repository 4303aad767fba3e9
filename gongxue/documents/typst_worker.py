"""The child process that runs Typst: `python -m gongxue.documents.typst_worker`. Papers come in on standard input, PDFs go out on
standard output.

Several children, not several threads of one: Typst's cache is one for all threads of a process, and two of them get in each other's way.
"""

import gc
import json
import os
import select
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
import typst

from gongxue.documents.blocks import Paper
from gongxue.documents.fonts import LATIN, Face, in_order, known_faces, named_folder
from gongxue.documents.lettering import Lettering
from gongxue.documents.pdf_labels import labelled
from gongxue.documents.typeset import Setting, typeset
from gongxue.documents.typst_protocol import Answer, Job, framed, next_frame

MEMORY: Final = 1 << 30
"""Bytes of address space. An ordinary paper takes a tenth of it."""
CPU_SECONDS: Final = 3600
"""For the life of a child, which its parent ends long before."""
FILE_SIZE: Final = 1 << 26
"""Bytes; nothing is written but the small fonts of one paper."""
IDLE_SECONDS: Final = 300
"""So long a child waits for work before it gives its memory back."""

_PAPERS_AN_EMPTY_ONE: Final = 3
"""After so many papers an empty one is set. Typst remembers what it laid out for the next ten, which tells it little about other papers and
takes 8 MB each; to forget takes time, too.
"""

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_ORDINARY: Final = "的"
"""A character that every Chinese font has."""


class Press:
    """The fonts, and what they can print."""

    def __init__(self, folder: Path) -> None:
        """`folder` is an empty one, for the small fonts of each paper."""
        named = named_folder()
        self._faces = in_order(_faces(_fonts([named]))) if named else known_faces()
        self._lettering = Lettering(self._faces)
        self._folder = folder
        self._whole: typst.Fonts | None = None
        self._empty = typst.Compiler(font_paths=_fonts([]))
        self._printed = 0
        self.has_chinese = bool(self._lettering.family(_ORDINARY))

    def answer(self, job: Job) -> Answer:
        """Prints a paper; where Typst fails on its text, once more with simple characters alone, so that the rest is not lost."""
        if not self.has_chinese:
            return Answer(job.number, wrong="fonts")
        shaken, told = False, ""
        for simple in (False, True):
            try:
                data, missing = self._print(job.paper, simple)
            except (MemoryError, KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # Typst's own breakdowns (panics) are no Exceptions
                shaken, told = shaken or not isinstance(error, Exception), str(error)
            else:
                return Answer(job.number, data, missing, shaken=shaken)
        return Answer(job.number, wrong="typst", told=told, shaken=shaken)

    def _print(self, paper: Paper, simple: bool) -> tuple[bytes, tuple[str, ...]]:
        setting = typeset(paper, self._lettering, simple=simple)
        compiler = typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=self._fonts_for(setting))
        data = _compiled(setting, compiler)
        if setting.signed and len(set(_pages(compiler))) > 1:
            setting = typeset(paper, self._lettering, simple=simple, sign_with_row=True)
            data = _compiled(setting, compiler)
        return labelled(data, setting.labels), setting.missing

    def forget(self) -> None:
        """Lets go, now and then, of what Typst remembers of the last papers."""
        self._printed += 1
        if self._printed % _PAPERS_AN_EMPTY_ONE == 0:
            self._empty.compile(b"", format="svg")

    def _fonts_for(self, setting: Setting) -> typst.Fonts:
        """Small fonts with this paper's characters, where all that it needs can be cut; else the whole ones, which stay in memory."""
        files = self._lettering.files
        shares = {family: share for family, share in setting.families.items() if family != LATIN}
        if not all(files[family].can_be_cut for family in shares):
            self._whole = self._whole or _fonts(sorted({face.path.parent for face in self._faces}))
            return self._whole
        for old in self._folder.iterdir():
            old.unlink()
        for family, share in shares.items():
            (self._folder / f"{family}.ttf").write_bytes(files[family].cut(share))
        return _fonts([self._folder])


def _fonts(folders: list[Path]) -> typst.Fonts:
    """The fonts of these folders and those inside the typst package, nothing else of the system."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(map(str, folders)))


def _faces(fonts: typst.Fonts) -> list[Face]:
    upright = (each for each in fonts.fonts() if each.style == "normal" and each.weight == 400)
    return [Face(each.family, Path(each.path), each.index) for each in upright if each.path]


def _compiled(setting: Setting, compiler: typst.Compiler) -> bytes:
    data = compiler.compile(format="pdf", pdf_standards="a-2b", sys_inputs={"sheet": setting.data})
    if not isinstance(data, bytes):
        raise TypeError("Typst gave no single PDF")
    return data


def _pages(compiler: typst.Compiler) -> list[int]:
    """The pages on which the last row before the seals, and the seals, came to stand. Typst answers from what it remembers."""
    pages: list[int] = json.loads(compiler.query("<signing>", field="value"))
    return pages


def main() -> None:
    """Serves until the input ends, or nothing comes for a while."""
    _limit()
    # Whatever a library prints must not get between the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with TemporaryDirectory(prefix="gongxue-fonts-") as folder:
        press = Press(Path(folder))
        gc.freeze()  # the fonts stay: nobody need walk through them again and again
        while _has_input() and (frame := next_frame(lambda size: os.read(0, size))) is not None:
            out.write(framed(press.answer(msgspec.msgpack.decode(frame, type=Job))))
            out.flush()
            press.forget()


def _has_input() -> bool:
    """Waits for input, or its end. Windows cannot wait for a while only."""
    return sys.platform == "win32" or bool(select.select([0], [], [], IDLE_SECONDS)[0])


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        if hard == resource.RLIM_INFINITY or most < hard:
            hard = most
        try:
            resource.setrlimit(kind, (hard, hard))
        except ValueError:
            continue  # macOS knows a limit of address space by name, and refuses to set it


if __name__ == "__main__":
    main()

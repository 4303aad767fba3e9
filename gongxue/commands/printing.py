"""Prints papers into files. Each renderer brings its own machinery, so only the one that is asked for is imported."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from gongxue.commands.console import Console
from gongxue.commands.saving import save
from gongxue.documents.blocks import Paper, blanks
from gongxue.documents.printed import Printed
from gongxue.rules.text import Text


class Job(msgspec.Struct, frozen=True):
    """A paper to be printed: what it is made from, how it is made, and its file; None for standard output."""

    source: str
    paper: Callable[[], Paper]
    target: Path | None


def print_all(jobs: Sequence[Job], to: str, console: Console, *, tell_names: bool) -> bool:
    """Print every job as that kind of file; whether all went well. What did not is told, and the others go on."""
    from gongxue.documents.pdf import PaperError

    well, at = True, 0
    while at < len(jobs):
        sent: deque[Paper] = deque()
        try:
            for printed in _render(to, _papers(jobs[at:], sent)):
                _tell_gaps(jobs[at].source, sent.popleft(), printed, console)
                well &= _deliver(jobs[at], printed, console, tell_names)
                at += 1
        except PaperError as error:
            console.tell(jobs[at].source, error.text)
            well = False
            at += 1
    return well


def _papers(jobs: Iterable[Job], sent: deque[Paper]) -> Iterator[Paper]:
    """The papers one by one, as the renderer asks for them; `sent` holds those that are on their way."""
    for job in jobs:
        paper = job.paper()
        sent.append(paper)
        yield paper


def _render(to: str, papers: Iterable[Paper]) -> Iterator[Printed]:
    if to == "pdf":
        from gongxue.documents.pdf import render_pdfs

        return render_pdfs(papers)
    if to == "odt":
        from gongxue.documents.odt import render_odt

        return map(render_odt, papers)
    if to == "docx":
        from gongxue.documents.docx import render_docx

        return map(render_docx, papers)
    from gongxue.documents.html import render_html

    return map(render_html, papers)


def _tell_gaps(source: str, paper: Paper, printed: Printed, console: Console) -> None:
    if empty := blanks(paper):
        console.tell(source, Text(f"印成空白的欄位：{'、'.join(empty)}", f"printed as blanks: {', '.join(empty)}"))
    if signs := printed.missing:
        console.tell(source, Text(f"無法印出、印成〓的字：{'、'.join(signs)}", f"cannot be printed, 〓 instead: {', '.join(signs)}"))


def _deliver(job: Job, printed: Printed, console: Console, tell_names: bool) -> bool:
    if job.target is None:
        console.write(printed.data)
        return True
    try:
        save(job.target, printed.data)
    except OSError as error:
        console.tell(str(job.target), Text(f"無法寫出（{error.strerror}）", f"cannot be written ({error.strerror})"))
        return False
    if tell_names:
        console.tell(job.source, Text(f"已製作 {job.target}", f"made {job.target}"))
    return True

"""The application form 附件二: one at a time, warm, as PDF, ODT and DOCX; and 300 PDFs in one go, with the memory of all processes."""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pikepdf

from bench.figure import BrokenBenchError, Figure, at_least, at_most
from bench.processes import family_memory
from gongxue.documents.application_form import application_form
from gongxue.documents.blocks import Paper
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.pdf import render_pdf
from gongxue.documents.printed import Printed
from gongxue.rules.application import Application
from gongxue.rules.programme_file import load_programme

ROUNDS = 40
BATCH = 300
SAMPLE = Path("samples/autonomous.json")


def measure() -> Iterator[Figure]:
    """Every paper has another name, so that nothing can answer from memory."""
    papers = [paper(number) for number in range(ROUNDS)]
    with pikepdf.open(io.BytesIO(render_pdf(paper(ROUNDS)).data)) as pdf:
        kind = f"{len(pdf.pages)} pages{', tagged' if '/StructTreeRoot' in pdf.Root else ''}"
    yield at_most(f"PDF of 附件二 ({kind}), warm", milliseconds(render_pdf, papers), 60, "ms")
    yield at_most("ODT of 附件二", milliseconds(render_odt, papers), 20, "ms")
    yield at_most("DOCX of 附件二", milliseconds(render_docx, papers), 20, "ms")
    yield from batch()


def application(number: int) -> bytes:
    """The sample under another name, as one line of JSON."""
    content = json.loads(SAMPLE.read_text("utf-8")) | {"name": f"提問讀詩第{number}社群"}
    return json.dumps(content, ensure_ascii=False).encode()


def paper(number: int) -> Paper:
    """The form of one such application."""
    read = msgspec.json.decode(application(number), type=Application)
    return application_form(read, load_programme(read.programme))


def milliseconds(render: Callable[[Paper], Printed], papers: list[Paper]) -> float:
    """The median time of one paper."""
    render(papers[0])
    spent = []
    for each in papers:
        start = time.perf_counter()
        render(each)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def batch() -> Iterator[Figure]:
    """`gongxue render` of many applications into a folder, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "applications.ndjson"), Path(folder, "made")
        made.mkdir()
        given.write_bytes(b"\n".join(application(number) for number in range(BATCH)))
        command = [
            str(Path(sys.executable).with_name("gongxue")),
            "render",
            "--form",
            "application",
            "--to",
            "pdf",
            str(given),
            "-o",
            f"{made}/",
        ]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, family_memory(process.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - start
        count = len(list(made.glob("*.pdf")))
    if (process.returncode, count) != (0, BATCH):
        raise BrokenBenchError(f"gongxue render made {count} of {BATCH} papers and ended with {process.returncode}")
    yield at_least(f"{BATCH} PDFs of 附件二 in one go", BATCH / seconds, 30, "a second")
    yield at_most(f"{BATCH} PDFs of 附件二 in one go, memory of all processes", peak, 300, "MB")

"""The child processes that print: whatever happens to one, the papers come out, or it is said why not."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongxue.documents import pdf
from gongxue.documents.blocks import Paragraph
from gongxue.documents.pdf import PaperError, render_pdf, render_pdfs
from gongxue.documents.printed import Printed
from tests.documents import papers

ROOT = Path(__file__).parents[2]


def _paper(text: str) -> papers.Paper:
    return papers.of(Paragraph(((text,),)))


def _children() -> list[int]:
    """The process ids of this process's children."""
    return [int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def _run(code: str, **environment: str) -> bytes:
    setting = {**os.environ, **environment}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=setting, check=True, capture_output=True).stdout


def test_the_same_paper_gives_the_same_bytes_in_any_process() -> None:
    code = (
        "import hashlib\nfrom gongxue.documents.pdf import render_pdf\nfrom tests.documents import papers\n"
        "print(hashlib.sha256(render_pdf(papers.application()).data).hexdigest())"
    )
    assert len({_run(code, PYTHONHASHSEED=seed, TZ=zone) for seed, zone in (("1", "Asia/Taipei"), ("2", "America/Lima"))}) == 1


def test_a_paper_is_the_same_whatever_was_printed_before_it() -> None:
    first = render_pdf(papers.application())
    list(render_pdfs(_paper(f"第{number}份　𡘙") for number in range(12)))
    assert render_pdf(papers.application()) == first


def test_many_threads_may_ask_at_once() -> None:
    done: dict[int, Printed] = {}
    threads = [
        threading.Thread(target=lambda number=number: done.update({number: render_pdf(_paper(f"第{number}份"))})) for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == {number: render_pdf(_paper(f"第{number}份")) for number in range(12)}


@pytest.fixture
def own_children(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Children of this test alone."""
    for child in pdf._children:
        child.retire()
    pdf._children.clear()
    yield
    for child in pdf._children:
        child.retire()
    pdf._children.clear()


@pytest.mark.usefixtures("own_children")
def test_a_child_that_was_killed_is_replaced_and_its_paper_printed() -> None:
    expected = render_pdf(_paper("甲"))
    before = set(_children())
    papers_sent = render_pdfs(_paper("甲") for _ in range(8))
    assert next(papers_sent) == expected
    for pid in _children():
        os.kill(pid, signal.SIGKILL)
    assert list(papers_sent) == [expected] * 7
    assert render_pdf(_paper("甲")) == expected
    assert not set(_children()) & before


@pytest.mark.usefixtures("own_children")
def test_a_paper_that_takes_too_long_is_given_up_and_the_next_one_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TIME_LIMIT", 0.001)
    with pytest.raises(PaperError) as given_up:
        render_pdf(_paper("甲" * 20000))
    assert given_up.value.text.zh == "這份文件排版超過 0.001 秒，已停止製作"
    monkeypatch.undo()
    assert render_pdf(_paper("甲")).missing == ()


def test_a_child_may_not_take_all_memory() -> None:
    code = "from gongxue.documents import typst_worker as w\nw._limit()\ntry: bytearray(w.MEMORY)\nexcept MemoryError: print('no')"
    assert _run(code) == b"no\n"


@pytest.mark.usefixtures("own_children")
def test_children_are_replaced_in_turn_without_losing_a_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAPERS_PER_CHILD", 3)
    expected = render_pdf(_paper("甲"))
    assert list(render_pdfs(_paper("甲") for _ in range(15))) == [expected] * 15


def test_children_end_with_their_parent() -> None:
    code = (
        "import os, pathlib\nfrom gongxue.documents.pdf import render_pdf\nfrom tests.documents import papers\n"
        "render_pdf(papers.application())\n"
        "tasks = pathlib.Path('/proc/self/task').iterdir()\n"
        "print(*[pid for task in tasks for pid in (task / 'children').read_text().split()], flush=True)\n"
        "os._exit(0)"
    )
    pids = [int(pid) for pid in _run(code).split()]
    assert len(pids) == 1
    assert _ends(pids[0])


def _ends(pid: int) -> bool:
    """Whether the process is gone within a few seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        threading.Event().wait(0.05)
    return False


def test_a_forked_process_starts_children_of_its_own() -> None:
    code = (
        "import os\nfrom gongxue.documents.pdf import render_pdf\nfrom tests.documents import papers\n"
        "first = render_pdf(papers.application())\n"
        "if pid := os.fork():\n    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), render_pdf(papers.application()) == first)\n"
        "else:\n    os._exit(render_pdf(papers.application()) != first)\n"
    )
    assert _run(code) == b"0 True\n"


def test_half_a_surrogate_pair_prints_as_geta_and_is_told() -> None:
    printed = render_pdf(_paper("甲\ud842乙\x07"))
    assert printed.missing == ("U+D842", "U+0007")
    assert render_pdf(_paper("甲〓乙〓")).data == printed.data


def test_a_form_with_a_cell_too_many_is_refused_in_words() -> None:
    table = papers.Table("表", (1, 1), (papers.row("甲", "乙", "丙"),))
    with pytest.raises(PaperError, match="no room for cell 3 of 3"):
        render_pdf(papers.of(table))

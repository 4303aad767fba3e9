"""A file is saved whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from gongxue.commands.saving import save


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    save(tmp_path / "a.pdf", b"one")
    save(tmp_path / "a.pdf", b"two")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pdf": b"two"}


def test_folders_are_made(tmp_path: Path) -> None:
    save(tmp_path / "forms" / "111" / "a.pdf", b"x")
    assert (tmp_path / "forms" / "111" / "a.pdf").read_bytes() == b"x"


def test_what_stood_there_stays_when_it_cannot_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(OSError, match="directory"):
        save(tmp_path / "a.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to("real.pdf")
    save(tmp_path / "link.pdf", b"new")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        save(pipe, b"x")
        assert os.read(reader, 9) == b"x"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_new_file_has_the_permissions_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    save(tmp_path / "a.pdf", b"x")
    assert (tmp_path / "a.pdf").stat().st_mode == (tmp_path / "usual").stat().st_mode

"""Installations of one's own, on the database that the tests run on."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.installation import OFFICER, Installation, database_beside

URL = os.environ.get("DATABASE_URL", "")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Nothing is in it yet."""
    with database_beside(URL) as url:
        yield Installation(tmp_path, url)


@pytest.fixture(scope="session")
def _model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """What `gongxue init` makes, made once."""
    with database_beside(URL) as url:
        model = Installation(tmp_path_factory.mktemp("model"), url)
        done = model.run("init", "--officer", OFFICER)
        assert done.status == 0, done.err
        yield model


@pytest.fixture
def begun(_model: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A city that `gongxue init` has begun."""
    shutil.copytree(_model.var, tmp_path / "var")
    with database_beside(URL, _model.url) as url:
        yield Installation(tmp_path, url)

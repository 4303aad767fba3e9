"""What `pip install` puts on a machine is the whole program: code, programmes, registers, templates."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOT_PACKAGED = shutil.ignore_patterns("__pycache__")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the package was installed from a copy of the source, without fetching anything."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT / "gongxue", source / "gongxue", ignore=NOT_PACKAGED)
    for name in ("pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY_LICENSES.md"):
        shutil.copy(ROOT / name, source)
    offline = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "install", *offline, "--target", target, source], check=True)
    return target


def test_every_file_of_the_source_is_installed(installed: Path) -> None:
    assert files(installed / "gongxue") == files(ROOT / "gongxue")


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def test_the_installed_program_checks_an_application_far_from_its_source(installed: Path, tmp_path: Path) -> None:
    code = "import sys, gongxue; from gongxue.cli import main; print(gongxue.__file__, file=sys.stderr); sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", code, "check", "--format", "json", ROOT / "samples" / "autonomous.json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, f"{installed / 'gongxue' / '__init__.py'}\n")
    assert '"name":"提問讀詩社群","ok":true' in run.stdout.replace(" ", "")


def test_the_licences_are_installed_with_the_program(installed: Path) -> None:
    [information] = installed.glob("gongxue-*.dist-info")
    assert {path.name for path in (information / "licenses").iterdir()} == {"LICENSE", "THIRD_PARTY_LICENSES.md"}

"""Builds what the browser gets: the stylesheet from Bootstrap and our tokens, htmx, catalogues; hashed, compressed, in build/static.

Run by set-up (see Makefile), and again after a change under gongxue/site/styles or gongxue/**/static. Nothing of it is committed.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "build" / "assets"
COPIED = {"node_modules/htmx.org/dist/htmx.min.js": "vendor/htmx.js"}
# Bootstrap 5 is written with @import, which Sass will drop in its version 3; the lock file keeps the version that compiles it.
QUIET = ["--quiet-deps", "--silence-deprecation=import", "--silence-deprecation=global-builtin", "--silence-deprecation=color-functions"]


def compile_styles() -> None:
    """gongxue/site/styles/gongxue.scss into one compressed stylesheet."""
    target = BUILT / "site" / "gongxue.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join((os.environ.get("PATH", ""), str(ROOT / ".venv" / "bin")))
    node = shutil.which("node", path=path)
    if node is None or not (ROOT / "node_modules" / "sass").is_dir():
        sys.exit(
            "沒有取得 npm 套件，無法編譯樣式：連上網路後再執行一次 make。The npm packages are not here: connect to a network and run make again."
        )
    sass = [node, str(ROOT / "node_modules/sass/sass.js"), "--style=compressed", "--no-source-map", "--load-path=node_modules", *QUIET]
    subprocess.run([*sass, "gongxue/site/styles/gongxue.scss", str(target)], cwd=ROOT, check=True)


def write_paper_styles() -> None:
    """How a paper looks on the site, as the documents themselves say it."""
    sys.path.insert(0, str(ROOT))
    from gongxue.documents.html import stylesheet

    (BUILT / "site" / "paper.css").write_text(stylesheet(), "utf-8")


def copy_scripts() -> None:
    """Libraries as they are published."""
    for source, target in COPIED.items():
        (BUILT / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / source, BUILT / target)


def collect() -> None:
    """Everything static under hashed names, compressed, where the server finds it."""
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity=0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "gongxue.settings"})


def compile_catalogues() -> None:
    """The English of every app, as Django reads it."""
    subprocess.run([sys.executable, str(ROOT / "scripts" / "messages.py"), "compile"], cwd=ROOT, check=True)


if __name__ == "__main__":
    compile_catalogues()
    compile_styles()
    write_paper_styles()
    copy_scripts()
    collect()

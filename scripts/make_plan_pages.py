"""`make docs`: writes the pages of docs/plan anew from the programmes and their clause lists."""

from pathlib import Path

from gongxue.rules.plan_page import pages

FOLDER = Path(__file__).parent.parent / "docs" / "plan"


def main() -> None:
    """Writes every page, and says which."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
        print(f"docs/plan/{name}")


if __name__ == "__main__":
    main()

"""Somebody who has no mouse: every step is a key, and wherever it leads, what stands in focus must be seen.

At each stop the element in focus has an outline, and neither its middle nor its upper or lower edge is hidden under a bar that sticks.
After a step that stays on the page, the focus is still somewhere.
"""

from typing import Any, Final

from tests.journeys.walking import Walker, expect

NAMES: Final = """
    const words = each => {
        if (!each) return "";
        const copy = each.cloneNode(true);
        copy.querySelectorAll("[aria-hidden]").forEach(hidden => hidden.remove());
        return copy.textContent.replace(/\\s+/g, " ").trim();
    };
    const called = each => each.getAttribute("aria-label") || words(each.labels && each.labels[0]) || words(each);
    const titled = row => words(row.querySelector(":scope > legend") || document.getElementById(row.getAttribute("aria-labelledby")));
    const where = each => each.closest("[data-row]") ? titled(each.closest("[data-row]")) : "";
"""
"""What something on a page is called, and the row it stands in."""

STOP: Final = f"""() => {{ {NAMES}
    const here = document.activeElement;
    if (!here || here === document.body) return {{ lost: true }};
    const box = here.getClientRects()[0] || here.getBoundingClientRect(), style = getComputedStyle(here);
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const seen = y => {{
        const over = document.elementFromPoint((box.left + Math.min(box.right, innerWidth)) / 2, y);
        return Boolean(over) && (here.contains(over) || over.contains(here) || [...(here.labels || [])].some(each => each.contains(over)));
    }};
    // Of what fills the window the beginning is seen, of a field of several lines the one that is written in.
    const tall = box.height > innerHeight - 90 || here.tagName === "TEXTAREA";
    const fits = (tall && box.top >= -1) || (box.top >= -1 && box.bottom <= innerHeight + 1);
    return {{
        lost: false, name: called(here), row: where(here), html: here.outerHTML.slice(0, 120),
        outline: here.tabIndex < 0 || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        shown: box.width > 0 && fits && (box.height < 4 ? [] : tall ? [top + 2] : [top + 2, (top + bottom) / 2, bottom - 2]).every(seen),
        box: [box.left, box.top, box.right, box.bottom].map(Math.round),
    }};
}}"""
"""What stands in focus."""

SETTLED: Final = "async () => { for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame); }"
"""Four frames, a fifteenth of a second."""

TURN: Final = f"""([name, row]) => {{ {NAMES}
    const fits = each => each.checkVisibility({{ visibilityProperty: true }}) && called(each) === name && (!row || where(each) === row);
    const all = [...document.querySelectorAll("a[href], button:not([tabindex='-1']), input, select, textarea, summary")].filter(fits);
    const here = document.activeElement;
    if (!all.length || all.includes(here)) return all.length ? "here" : "nowhere";
    const later = each => here === document.body || here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    return all.some(later) ? "Tab" : "Shift+Tab";
}}"""
"""Whether what is looked for comes later on the page, or stands behind."""
MOST: Final = 150


class Hands:
    """The hands of one walker on a keyboard."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.page, self.keys = walker, walker.page, walker.page.keyboard

    def stop(self) -> dict[str, Any]:
        """Where one is: what stands in focus is seen, and shows that it is."""
        here: dict[str, Any] = self.page.evaluate(STOP)
        if not (here["lost"] or here["shown"]):  # an answer is being drawn just now: what it pushed away is brought back within two frames
            self.page.evaluate(SETTLED)
            here = self.page.evaluate(STOP)
        assert here == {**here, "lost": False, "outline": True, "shown": True}, (self.page.url, here)
        return here

    def to(self, name: str, row: str = "") -> None:
        """Go on, or back, by Tab until the field, button or link of this name (in the row of this title) stands in focus."""
        key = self.page.evaluate(TURN, [name, row])
        assert (self.page.url, name, row, key) != (self.page.url, name, row, "nowhere")
        if key == "here":
            return
        for _ in range(MOST):
            self.keys.press(key)
            here = self.stop()
            if here["name"] == name and (not row or here["row"] == row):
                return
        raise AssertionError(f"{MOST} times {key} do not lead to {name} {row} on {self.page.url}")

    def press(self, name: str, row: str = "", key: str = "Enter") -> None:
        """Go there, and press it."""
        self.to(name, row)
        self.keys.press(key)

    def tick(self, name: str, row: str = "") -> None:
        """Go to the box or the choice, and take it."""
        self.press(name, row, "Space")

    def write(self, name: str, text: str, row: str = "") -> None:
        """Go to the field, and write this in place of what stands there."""
        self.to(name, row)
        self.keys.press("Control+A")
        self.keys.insert_text(text) if not text.isascii() else self.keys.type(text)

    def choose(self, name: str, option: str, row: str = "") -> None:
        """Go to the list, and go down it until this is chosen."""
        self.to(name, row)
        chosen = "document.activeElement.selectedOptions[0].label"
        self.keys.press("Home")
        while (now := self.page.evaluate(chosen)) != option:
            self.keys.press("ArrowDown")
            assert (option, self.page.evaluate(chosen)) != (option, now)

    def stays(self) -> None:
        """The page has answered, and the focus is not lost."""
        self.page.wait_for_load_state("networkidle")
        self.stop()

    def arrives(self, heading: str) -> None:
        """A page with this heading has come."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading, timeout=20_000)

    def round(self) -> int:
        """Out of the page, and once through the whole of it: no stop holds one fast. How many stops there are."""
        self._leave()
        return self._leave()

    def _leave(self) -> int:
        for stops in range(400):
            self.keys.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                return stops
            self.stop()
        raise AssertionError(f"no way out of {self.page.url} by Tab")

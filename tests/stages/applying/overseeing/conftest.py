"""The small city, a draft in it, and a browser that may be anybody of it, on the 24th of March."""

from tests.site.conftest import as_, city, draft, stopped_clock

__all__ = ["as_", "city", "draft", "stopped_clock"]

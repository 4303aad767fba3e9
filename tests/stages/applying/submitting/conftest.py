"""The small city, a draft in it, a browser that may be anybody of it, and the demo's clock at noon of the 24th of March 2022."""

from tests.site.conftest import as_, city, draft, stopped_clock

__all__ = ["as_", "city", "draft", "stopped_clock"]

"""The demo's clock, stopped."""

from tests.site.conftest import stopped_clock

__all__ = ["stopped_clock"]

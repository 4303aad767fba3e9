"""The log: one JSON line an event, on standard error. Numbers, routes and durations, never a person, a path or a query."""

import contextlib
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog

OURS = str(Path(__file__).parent.parent.parent) + "/gongxue/"
"""Where our own code lies: of a fault's frames these are told, and the last two."""


class StandardError(logging.Handler):
    """Writes to whatever standard error is at that moment, a line at once: several workers write into one."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line. Where none can be written (the log lies on a disk that is full), what is logged about goes on."""
        with contextlib.suppress(OSError):
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()


def configure(options: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: `options["level"]` is the least that is told."""
    shared: list[Any] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("gongxue").setLevel(options["level"])
    # Django's own lines on requests name paths and quote values; `entry` says the same without them.
    for name in ("django.request", "django.security", "django.server"):
        logging.getLogger(name).handlers = [logging.NullHandler()]
        logging.getLogger(name).propagate = False


def failure(error: BaseException) -> dict[str, Any]:
    """What a log line says of a fault: the kind and the places, never the message, which may quote what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    told = [frame for frame in frames if frame.filename.startswith(OURS) and frame.name != "__call__"] + frames[-2:]
    places = dict.fromkeys(f"{frame.filename.removeprefix(OURS)}:{frame.lineno} {frame.name}" for frame in told)
    return {"error": type(error).__name__, "frames": list(places)}

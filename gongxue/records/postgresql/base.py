"""Django's PostgreSQL backend, with bounded waits: a lock, a statement or a forgotten transaction never holds a web worker for good."""

from typing import Any, Final

from django.db.backends.postgresql import base as django_base

LOCK_MS: Final = 5_000
STATEMENT_MS: Final = 60_000
"""Long enough for an export of everything and for a migration; a page asks for nothing near it."""
IDLE_MS: Final = 60_000
"""A transaction left open by a stuck process would hold its locks against everybody."""


class DatabaseWrapper(django_base.DatabaseWrapper):
    """Sets lock_timeout, statement_timeout and idle_in_transaction_session_timeout; `OPTIONS["options"]` may set others after them."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with our bounds before whatever the settings say."""
        params = super().get_connection_params()
        bounds = {"lock_timeout": LOCK_MS, "statement_timeout": STATEMENT_MS, "idle_in_transaction_session_timeout": IDLE_MS}
        ours = " ".join(f"-c {name}={milliseconds}" for name, milliseconds in bounds.items())
        params["options"] = f"{ours} {params.get('options', '')}".strip()
        return params

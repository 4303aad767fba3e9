"""What lets the database read a list of applications without reading the applications.

On SQLite a row begins with its document of some kilobytes, which has to be stepped over on the way to the columns behind it: 40,000 rows
take 70 ms. An index that holds all that a list looks at takes 7. PostgreSQL keeps long documents elsewhere by itself.
"""

from typing import Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement

_ALL_OF_A_LIST: Final = (
    "cross_school",
    "errors",
    "warnings",
    "alike",
    "ceiling",
    "people",
    "changed_at",
    "submitted_at",
    "name",
    "search",
    "id",
)
"""What lists search, tick, sort by and add up beside the index's own columns."""


class DocumentField(models.JSONField):
    """JSON of some kilobytes, which SQLite is told: it goes by the declared width when it chooses between table and index."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The column's type."""
        return "text(8000)" if connection.vendor == "sqlite" else super().db_type(connection)


class ListIndex(models.Index):
    """An index that on SQLite holds all that a list looks at. PostgreSQL takes no key of more than 2.7 kB, and has no need of it."""

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **kwargs: Any) -> Statement:
        """The statement that makes it."""
        if schema_editor.connection.vendor != "sqlite":
            return super().create_sql(model, schema_editor, using, **kwargs)
        known = {field.name for field in model._meta.local_fields}  # a migration knows the fields of its own time
        wide = models.Index(fields=[*self.fields, *(name for name in _ALL_OF_A_LIST if name in known)], name=self.name)
        return wide.create_sql(model, schema_editor, using, **kwargs)

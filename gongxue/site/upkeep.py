"""Answers for machines: alive, able, what robots may read, the icon."""

import os

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from gongxue.site import background, guard
from gongxue.site.request import Request

LEAST_FREE = 200 * 1024 * 1024
"""Bytes on the disk of the data below which the site is not able: a save needs room for the database's log."""


@guard.public
def healthz(request: Request) -> HttpResponse:
    """Alive: the process answers. It looks at nothing else, so that a full disk does not restart a server that can still say so."""
    return HttpResponse("alive\n", content_type="text/plain")


@guard.public
def readyz(request: Request) -> HttpResponse:
    """Able: the database answers, it is at our version, and there is room on the disk; 503 with what is not.

    Whether the background is at work is told beside these, and takes no page away from anybody.
    """
    able = {"database": _database(), "migrations": False, "disk": _disk()}
    able["migrations"] = able["database"] and _migrated()
    status = 200 if all(able.values()) else 503
    return JsonResponse({**able, "background": able["migrations"] and background.alive()}, status=status)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def _migrated() -> bool:
    """Neither older nor newer than this program."""
    executor = MigrationExecutor(connection)
    known, applied = set(executor.loader.disk_migrations or ()), set(executor.loader.applied_migrations or ())
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and all(one in known for one in applied if one[0] == "records")


def _disk() -> bool:
    try:
        free = os.statvfs(settings.VAR)
    except OSError:
        return False
    return free.f_bavail * free.f_frsize >= LEAST_FREE and os.access(settings.VAR, os.W_OK)


@guard.public
def robots(request: Request) -> HttpResponse:
    """Robots may read the public pages, and nothing that leads to work."""
    return HttpResponse("User-agent: *\nAllow: /$\nAllow: /call/\nDisallow: /\n", content_type="text/plain")


@guard.public
def favicon(request: Request) -> HttpResponse:
    """For browsers that ask for it by this old name."""
    return redirect(staticfiles_storage.url("site/mark.svg"), permanent=True)

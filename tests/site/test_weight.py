"""What a first visit costs: HTML, stylesheet and scripts, compressed."""

import gzip
import re

import pytest
from django.conf import settings
from django.test import Client

LIMIT = 120_000


@pytest.mark.parametrize("address", ["/", "/call/", "/call/clauses/", "/verify/"])
def test_a_first_visit_weighs_less_than_120_kilobytes(client: Client, db: None, address: str) -> None:
    page = client.get(address).content
    parts = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page.decode())
    assert len(parts) == 3
    weights = [(settings.STATIC_ROOT / f"{part}.gz").stat().st_size for part in parts]
    assert len(gzip.compress(page)) + sum(weights) < LIMIT


def test_what_never_changes_is_kept_by_the_browser_for_good(client: Client, db: None) -> None:
    (style,) = re.findall(r'href="(/static/[^"]+\.css)"', client.get("/").content.decode())
    answer = client.get(style, headers={"accept-encoding": "br"})
    answer.close()
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer.headers["Content-Encoding"] == "br"

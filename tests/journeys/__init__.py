"""Journeys in a browser. What walkers find must be told in full where it fails."""

import pytest

pytest.register_assert_rewrite("tests.journeys.walking", "tests.journeys.keys", "tests.journeys.convening")

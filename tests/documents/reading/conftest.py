"""LibreOffice, started for the tests that ask for it."""

import pytest

from tests.documents.reading.libreoffice import LibreOffice


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """LibreOffice with fresh settings; a test that uses it is marked `needs("soffice")`."""
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))

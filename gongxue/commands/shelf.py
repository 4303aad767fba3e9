"""The programmes at hand: those named by `--programme-file`, then the shipped ones."""

from collections.abc import Sequence

from gongxue.commands.console import Console
from gongxue.rules.check import Checker
from gongxue.rules.malformed import MalformedError, quoted
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import ProgrammeError, known_programmes, load_programme, read_programme


class Shelf:
    """Finds programmes by id. A file given by hand goes before a shipped programme of the same id."""

    def __init__(self, files: Sequence[str], console: Console) -> None:
        self.complete = True
        """False when a file could not be used; it has been told."""
        self._own: dict[str, Programme] = {}
        self._checkers: dict[str, Checker] = {}
        for file in files:
            self._add(file, console)

    def _add(self, file: str, console: Console) -> None:
        from pathlib import Path  # Only who gives a file pays for the import.

        try:
            programme = read_programme(Path(file))
        except ProgrammeError as error:
            console.tell("", error.in_language(console.language))
            self.complete = False
        else:
            self._own[programme.id] = programme

    @property
    def own(self) -> tuple[Programme, ...]:
        """The programmes given by hand."""
        return tuple(self._own.values())

    def programme(self, programme_id: str) -> Programme:
        """The programme of that id; raises MalformedError where nobody knows it."""
        if programme_id in self._own:
            return self._own[programme_id]
        shipped = known_programmes()
        if programme_id in shipped:
            return load_programme(programme_id)
        known = sorted({*shipped, *self._own})
        name = quoted(programme_id)
        zh = f"沒有{name.zh}這個計畫，認得的有 {'、'.join(known)}（其他的以 --programme-file 指定）"
        en = f"there is no programme {name.en}; known are {', '.join(known)} (others by --programme-file)"
        raise MalformedError.whole(zh, en, "programme")

    def checker(self, programme_id: str) -> Checker:
        """The rules of the programme of that id, made ready once; raises MalformedError."""
        checker = self._checkers.get(programme_id)
        if checker is None:
            checker = self._checkers[programme_id] = Checker(self.programme(programme_id))
        return checker

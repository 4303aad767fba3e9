"""`gongxue render`: official forms from application files."""

from functools import partial
from pathlib import Path
from typing import Final

from gongxue.commands.arguments import Arguments, UsageError
from gongxue.commands.console import Console
from gongxue.commands.inputs import applications, contents, unopened
from gongxue.commands.printing import Job, print_all
from gongxue.commands.shelf import Shelf
from gongxue.documents.blocks import Paper
from gongxue.rules.application import Application
from gongxue.rules.exchange import read_record
from gongxue.rules.filenames import ANY_NAME, application_file_name, plan_file_name, short_name, unique_names
from gongxue.rules.malformed import MalformedError
from gongxue.rules.programme import Programme
from gongxue.rules.school_facts import SchoolFacts
from gongxue.rules.text import Text

DONE: Final = 0
FAILED: Final = 2
STANDARD_OUTPUT: Final = "-"
Taken = tuple[str, Application, Programme]


def run(arguments: Arguments, console: Console) -> int:
    """Render the form of every application, or the one summary of all; 2 when something was malformed or could not be made."""
    if arguments.one("--school") and arguments.one("--form") != "school_summary":
        raise UsageError("--school 只用於 --form school_summary", "--school goes with --form school_summary only", "render")
    rendering = Rendering(arguments, console)
    rendering.take()
    jobs = rendering.summary() if arguments.one("--form") == "school_summary" else rendering.each()
    if not print_all(jobs, arguments.one("--to"), console, tell_names=rendering.folder is not None):
        rendering.status = FAILED
    return rendering.status


class Rendering:
    """One call of the command: what was read, what is made of it and where that goes, and whether anything failed."""

    def __init__(self, arguments: Arguments, console: Console) -> None:
        self.arguments, self.console = arguments, console
        self.form, self.to, self.out = arguments.one("--form"), arguments.one("--to"), arguments.one("--out")
        into_folder = self.out != STANDARD_OUTPUT and (self.out.endswith(("/", "\\")) or Path(self.out).is_dir())
        self.folder = Path(self.out) if into_folder else None
        self.shelf = Shelf(arguments.all("--programme-file"), console)
        self.status = DONE if self.shelf.complete else FAILED
        self.taken: list[Taken] = []

    def take(self) -> None:
        """Read the applications of all files; what is malformed is told, and the others go on."""
        for given in applications(self.arguments.words, self.shelf.own):
            try:
                programme = self.shelf.programme(given.application.programme)
            except MalformedError as error:
                self._fail(given.source, error)
                continue
            for cell in given.unread:
                self.console.tell(given.source, cell)
            self.taken.append((given.source, given.application, programme))

    def each(self) -> list[Job]:
        """One document for each application."""
        if self.folder is not None:
            targets = [self.folder / name for name in unique_names(map(self._name, self.taken))]
        elif len(self.taken) < 2:
            targets = [Path(self.out)]
        else:
            raise UsageError("有好幾份申請時，-o 應為資料夾", "with several applications, -o must be a folder", "render")
        return [
            Job(source, partial(_application_paper, application, programme), None if self.out == STANDARD_OUTPUT else target)
            for (source, application, programme), target in zip(self.taken, targets, strict=False)
        ]

    def summary(self) -> list[Job]:
        """One document for all applications of one school and programme; none where one is missing, for it would look complete."""
        facts = self._facts()
        for source, _, other in self.taken[1:]:
            if other is not (first := self.taken[0][2]):
                self._fail(
                    source, MalformedError.whole(f"應與其他申請同為 {first.id}", f"must be {first.id}, as the others are", "programme")
                )
        if self.status != DONE or not self.taken:
            self.console.tell("", Text("未製作彙整表，請先改正上面的問題", "no summary was made; first put right what is told above"))
            return []
        programme, members = self.taken[0][2], tuple(application for _, application, _ in self.taken)
        school = short_name(programme, facts.school or members[0].fiscal_school or "")
        form = programme.forms.get(self.form)
        name = plan_file_name("{community}-{school}", school, form.title if form else programme.title.zh, "", self.to)
        target = None if self.out == STANDARD_OUTPUT else self.folder / name if self.folder is not None else Path(self.out)
        return [Job("", partial(_summary_paper, members, programme, facts), target)]

    def _facts(self) -> SchoolFacts:
        file = self.arguments.one("--school")
        try:
            return read_record(contents(file), SchoolFacts) if file else SchoolFacts()
        except OSError as error:
            self._fail(file, unopened(error))
        except MalformedError as error:
            self._fail(file, error)
        return SchoolFacts()

    def _name(self, taken: Taken) -> str:
        """The file's name as the plan wants it (陸、二)."""
        _, application, programme = taken
        try:
            return application_file_name(application, programme, self.to)
        except ValueError as error:
            zh, en = f"寫法不對（{error}），改用 {ANY_NAME}", f"is wrongly written ({error}); {ANY_NAME} is used"
            self._fail(programme.id, MalformedError.whole(zh, en, f"forms.{self.form}.file_name"))
            tier = programme.tier(application.tier)
            school = short_name(programme, application.fiscal_school or "")
            return plan_file_name(ANY_NAME, school, application.name or "", tier.label.zh if tier else "", self.to)

    def _fail(self, source: str, error: MalformedError) -> None:
        self.console.tell_malformed(source, error)
        self.status = FAILED


# What this command knows of the forms; each is imported when it is asked for.


def _application_paper(application: Application, programme: Programme) -> Paper:
    from gongxue.documents.application_form import application_form

    return application_form(application, programme)


def _summary_paper(applications_of_school: tuple[Application, ...], programme: Programme, facts: SchoolFacts) -> Paper:
    from gongxue.documents.school_summary import school_summary

    return school_summary(applications_of_school, programme, facts)

"""Command lines as people write them, and what each command says it takes."""

import pytest

from gongxue.commands.arguments import Arguments, Command, Option, UsageError, help_of, parse, usage
from gongxue.rules.text import Text

COPY = Command(
    "copy",
    Text("複製。", "Copies."),
    takes="FILE…",
    least=1,
    most=3,
    options=(
        Option("--to", Text("格式", "kind of file"), choices=("pdf", "odt"), required=True),
        Option("--out", Text("去處", "where to"), short="-o", value="OUT"),
        Option("--also", Text("再加", "one more"), value="FILE", repeats=True),
        Option("--lang", Text("語言", "language"), choices=("zh", "en"), default="zh"),
    ),
)


def read(*arguments: str) -> Arguments:
    return parse(COPY, arguments)


def test_options_stand_before_between_and_after_words() -> None:
    given = read("--to", "pdf", "a", "--out=b", "c", "--also", "d=e")
    assert (given.words, given.one("--to"), given.one("--out"), given.all("--also")) == (("a", "c"), "pdf", "b", ("d=e",))


def test_an_option_has_a_short_name_and_its_default() -> None:
    given = read("--to=odt", "-o", "-", "a")
    assert (given.one("--out"), given.language) == ("-", "zh")
    assert read("--to=odt", "--lang=en", "a").language == "en"


def test_an_option_may_repeat_where_it_says_so() -> None:
    assert read("--to=odt", "--also", "x", "a", "--also=y").all("--also") == ("x", "y")


def test_a_lone_dash_is_a_word_and_two_dashes_end_the_options() -> None:
    assert read("--to=pdf", "-", "--", "--out", "-x").words == ("-", "--out", "-x")


def test_help_is_asked_for_wherever_it_stands() -> None:
    assert read("a", "--help").wants_help
    assert read("-h").wants_help


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--to=pdf"], Text("缺少 FILE…", "FILE… is missing")),
        (["a"], Text("缺少 --to", "--to is missing")),
        (["--to=pdf", "a", "b", "c", "d"], Text("不應有「d」", "“d” was not expected")),
        (["--to=doc", "a"], Text("--to 應為 pdf、odt 其中之一，卻是「doc」", "--to must be one of pdf, odt, not “doc”")),
        (["a", "--to"], Text("--to 之後應有 pdf|odt", "--to needs pdf|odt after it")),
        (["a", "--out"], Text("--out 之後應有 OUT", "--out needs OUT after it")),
        (["--to=pdf", "--to=pdf", "a"], Text("--to 只能寫一次", "--to may stand once only")),
        (
            ["--form=x"],
            Text(
                "沒有「--form」這個選項，可用的有 --to、--out、--also、--lang",
                "there is no option “--form”; there are --to, --out, --also, --lang",
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_both_languages(arguments: list[str], expected: Text) -> None:
    with pytest.raises(UsageError) as raised:
        read(*arguments)
    assert (raised.value.text, raised.value.command) == (expected, "copy")


def test_usage_names_what_must_be_given() -> None:
    assert usage(COPY) == "gongxue copy --to pdf|odt FILE…"


def test_help_tells_every_option_in_both_languages() -> None:
    assert help_of(COPY) == [
        "用法 Usage: gongxue copy --to pdf|odt FILE…",
        "",
        "複製。",
        "Copies.",
        "",
        "  --to pdf|odt",
        "      格式",
        "      kind of file",
        "  -o, --out OUT",
        "      去處",
        "      where to",
        "  --also FILE",
        "      再加",
        "      one more",
        "  --lang zh|en",
        "      語言",
        "      language",
    ]

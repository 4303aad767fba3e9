"""The English catalogues: every app's, whole."""

from pathlib import Path

import pytest

from scripts import messages

APPS = [pytest.param(app, id=str(app.relative_to(messages.ROOT))) for app in messages.apps()]


@pytest.mark.parametrize("app", APPS)
def test_every_word_that_is_marked_has_its_english(app: Path) -> None:
    assert messages.missing(app) == []


@pytest.mark.parametrize("app", APPS)
def test_a_catalogue_has_nothing_that_nobody_says(app: Path) -> None:
    wanted = messages.wanted(app)
    assert [words for words in messages.english(app) if words not in wanted] == []


@pytest.mark.parametrize("app", APPS)
def test_what_is_filled_into_a_sentence_is_filled_into_its_english_too(app: Path) -> None:
    def places(words: messages.Words) -> list[set[str]]:
        sentences = [words] if isinstance(words, str) else words
        return [set(messages.PLACE.findall(sentence)) for sentence in sentences]

    assert [words for words, said in messages.english(app).items() if any(one != places(words)[0] for one in places(said))] == []


def test_one_word_has_one_english() -> None:
    said: dict[messages.Words, set[messages.Words]] = {}
    for app in messages.apps():
        for words, english in messages.english(app).items():
            said.setdefault(words, set()).add(english)
    assert {words: english for words, english in said.items() if len(english) > 1} == {}


def test_words_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'from django.utils.translation import gettext as _, ngettext\n_("一")\nngettext("%(n)s 件", "%(n)s 件", 2)\n', "utf-8"
    )
    (tmp_path / "b.html").write_text(
        '{% translate "二" %}{% blocktranslate trimmed with x=y %}\n  三 {{ x }}\n{% endblocktranslate %}'
        "{% blocktranslate count n=2 %}{{ n }} 個{% plural %}{{ n }} 個{% endblocktranslate %}{% translate '百分之 100%' %}"
        '{{ x|default:_("四") }}',
        "utf-8",
    )
    assert list(messages.marked(tmp_path)) == [
        "一",
        ("%(n)s 件", "%(n)s 件"),
        "二",
        "三 %(x)s",
        ("%(n)s 個", "%(n)s 個"),
        "百分之 100%%",
        "四",
    ]


def test_a_catalogue_is_read_back_as_it_was_written() -> None:
    for app in messages.apps():
        said = messages.english(app)
        entries = [messages.entry(words, english) for words, english in said.items()]
        if said:
            assert messages.catalogue(app).read_text("utf-8") == "\n".join([messages.HEADER, *entries])

"""The guard: every view says who may enter, and a view that says nothing lets the app refuse to start.

A declaration wraps its view: it asks who is there, loads the object through what that person may see, asks the access table, and gives a
POST one effect (see `once`). What may not be seen is answered like what is not there.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Concatenate

import msgspec
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongxue.records.models import School
from gongxue.records.refusals import NotAllowed, NotThere, Refused
from gongxue.records.sight import ties_to, visible_to
from gongxue.rules.access import CITY_POSTS, ROLES, SCHOOL_POSTS, may
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION
from gongxue.site import errors, once
from gongxue.site.request import Request

View = Callable[Concatenate[Request, ...], HttpResponseBase]
Before = Callable[[Request], Any]
"""What a POST needs done before its transaction is opened, because it takes long or must stay when the rest is undone: a file is decoded, a
password is judged. The view gets what it answers as `prepared`."""


class Declaration(msgspec.Struct, frozen=True):
    """Who may enter a view.

    `kind`: "public"; "logged_in"; "post" (one of `roles`); "school" (one of `roles` at the school of the address); "application" (`verb`
    on the application of the address). `repeatable`: a POST may come without a key, since doing it twice is doing it once.
    """

    kind: str
    roles: tuple[str, ...] = ()
    verb: str = ""
    repeatable: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, self.verb, ", ".join(self.roles))))


class Route(msgspec.Struct, frozen=True):
    """One address of the app. `name` with its namespaces; `declaration` None where its view says nothing."""

    name: str
    path: str
    declaration: Declaration | None


def public(view: View) -> View:
    """Anybody may enter."""
    return _guarded(Declaration("public", repeatable=True), view)


def logged_in(view: View | None = None, *, repeatable: bool = False) -> Any:
    """Whoever has logged in may enter."""
    declaration = Declaration("logged_in", repeatable=repeatable)
    return _guarded(declaration, view) if view is not None else functools.partial(_guarded, declaration)


def post(*roles: str, repeatable: bool = False) -> Callable[[View], View]:
    """Whoever holds one of these posts today may enter."""
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"no such roles: {unknown}")
    return functools.partial(_guarded, Declaration("post", roles, repeatable=repeatable))


def city(*roles: str, repeatable: bool = False) -> Callable[[View], View]:
    """Whoever holds one of these posts in the city may enter."""
    if unknown := set(roles) - set(CITY_POSTS):
        raise ValueError(f"no such roles in the city: {unknown}")
    return post(*roles, repeatable=repeatable)


def on_school(*roles: str, repeatable: bool = False, before: Before | None = None) -> Callable[[View], View]:
    """Whoever holds one of these posts at the school whose key stands in the address; the view gets `school`. Others see nothing there."""
    if unknown := set(roles) - {*SCHOOL_POSTS, *CITY_POSTS}:
        raise ValueError(f"no such roles at a school: {unknown}")
    return functools.partial(_guarded, Declaration("school", roles, repeatable=repeatable), before=before)


def on_application(verb: str, *, repeatable: bool = False, before: Before | None = None) -> Callable[[View], View]:
    """Whoever may do `verb` to the application in the address; the view gets `application`. Who may not see it sees nothing there."""
    return functools.partial(_guarded, Declaration("application", verb=verb, repeatable=repeatable), before=before)


def _guarded(declaration: Declaration, view: View, before: Before | None = None) -> View:
    if hasattr(view, "declaration"):
        raise TypeError(f"{view} says twice who may enter")

    @functools.wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if declaration.kind != "public" and request.actor.user is None:
            return log_in_first(request)
        if before is not None and request.method == "POST":
            kwargs["prepared"] = _prepared(declaration, request, dict(kwargs), before)

        def enter() -> HttpResponseBase:
            named = dict(kwargs)  # it may be entered again, from the start, where another transaction was in the way
            admit(declaration, request, named)
            return view(request, *args, **named)

        return enter() if declaration.repeatable or request.method != "POST" else once.one_effect(request, enter)

    guarded.declaration = declaration  # type: ignore[attr-defined]  # a mark on the function
    return guarded


def _prepared(declaration: Declaration, request: Request, kwargs: dict[str, Any], before: Before) -> Any:
    """What `before` answers, for whoever is let in.

    A form sent again may be refused by what its first sending did: then it gets that answer.
    """
    try:
        admit(declaration, request, kwargs)
        return before(request)
    except Refused:
        if not once.is_used(request):
            raise
        return None


def admit(declaration: Declaration, request: Request, kwargs: dict[str, Any]) -> None:
    """Raise NotThere or NotAllowed, or put what the address names in the place of its key in `kwargs`."""
    actor = request.actor
    if declaration.kind == "post" and not actor.roles() & set(declaration.roles):
        raise NotAllowed(_for(declaration.roles))
    if declaration.kind == "school":
        school = School.objects.filter(key=kwargs["school"]).first()
        here = {held.role for held in actor.posts if school is not None and held.school in (school.pk, None)}
        if school is None or not here & set(declaration.roles):
            raise NotThere()
        kwargs["school"] = school
    if declaration.kind == "application":
        application = visible_to(actor).filter(pk=kwargs["application"]).first()
        if application is None:
            raise NotThere()
        request.bonds = ties_to(actor, application)
        answer = may(APPLICATION, declaration.verb, request.bonds, application.state)
        if not answer.yes:
            raise NotAllowed(answer.reason)
        kwargs["application"] = application


def _for(roles: Sequence[str]) -> Text:
    labels = [ROLES[role] for role in roles]
    return Text(f"這一頁供{'、'.join(each.zh for each in labels)}使用。", f"This page is for: {', '.join(each.en for each in labels)}.")


def log_in_first(request: Request) -> HttpResponseBase:
    """To the log-in page and back here; a live page, which would put that page into its middle, is told 401 in words."""
    if request.htmx:
        return errors.log_in_again(request)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("home")
    return redirect_to_login(back)


def declared(patterns: Sequence[URLPattern | URLResolver], **declarations: Callable[[View], View]) -> list[URLPattern | URLResolver]:
    """Views that are not ours, each under a declaration of ours by the name of its route; one without stays undeclared, and is found."""
    found: list[URLPattern | URLResolver] = []
    for each in patterns:
        if isinstance(each, URLPattern):
            declare = declarations.get(each.name or "")
            view = declare(each.callback) if declare else each.callback
            found.append(URLPattern(each.pattern, view, each.default_args, each.name))
        else:
            inner = declared(each.url_patterns, **declarations)
            found.append(URLResolver(each.pattern, inner, each.default_kwargs, each.app_name, each.namespace))
    return found


def routes() -> Iterator[Route]:
    """Every address of the app with its declaration: the permission table's test reads this."""
    return _routes(get_resolver(settings.ROOT_URLCONF).url_patterns, "", "")


def _routes(patterns: Sequence[URLPattern | URLResolver], path: str, space: str) -> Iterator[Route]:
    for each in patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, here, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            yield Route(space + (each.name or ""), here, getattr(each.callback, "declaration", None))

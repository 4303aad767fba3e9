"""What a school says of itself on its summary sheet (附件一), beside what its applications say."""

import msgspec


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Principal(_Part, frozen=True):
    """校長."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


class Clerk(_Part, frozen=True):
    """承辦人."""

    name: str | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None


class SchoolFacts(_Part, frozen=True):
    """The head of 附件一. Absent, null and "" are blank, and print as blanks; `school` is a code or name, `classes` its number of classes."""

    school: str | None = None
    classes: int | None = None
    principal: Principal | None = None
    clerk: Clerk | None = None

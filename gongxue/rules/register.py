"""A programme's register of schools, and how a school is found by what people write."""

import unicodedata
from functools import lru_cache

import msgspec


class School(msgspec.Struct, frozen=True):
    """A school; `key` is our own identity. `code` and `full_name` are "" where unknown, `classes` None."""

    key: str
    code: str
    name: str
    full_name: str
    level: str
    district: str
    founder: str
    participates: bool
    classes: int | None
    code_is: str

    @property
    def official_name(self) -> str:
        """The full legal name where it is known, else the short one."""
        return self.full_name or self.name


@lru_cache(maxsize=16384)
def normal(text: str) -> str:
    """`text` after NFKC, without white space: how names are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=16384)
def normal_school(text: str) -> str:
    """As `normal`, and with 臺 and 台 alike."""
    return normal(text).replace("臺", "台")


class Register(msgspec.Struct, frozen=True):
    """The schools of one programme. A school is found by code, full name or short name."""

    schools: tuple[School, ...]
    index: dict[str, School]

    @classmethod
    def of(cls, schools: tuple[School, ...]) -> "Register":
        """Index `schools`; whatever two of them bear identifies neither."""
        index: dict[str, School] = {}
        shared: set[str] = set()
        for school in schools:
            for word in {normal_school(word) for word in (school.code, school.name, school.full_name)} - {""}:
                if word in index:
                    shared.add(word)
                index[word] = school
        for word in shared:
            del index[word]
        return cls(schools, index)

    def find(self, text: str | None) -> School | None:
        """The one school that `text` names, or None."""
        return self.index.get(normal_school(text)) if text else None


def school_key(register: Register | None, text: str | None) -> str:
    """What makes two ways to write a school equal; "" when blank. A school outside the register is compared as text.

    The key of a registered school holds a space, which no normalised text has, so that nobody can write one.
    """
    if not text:
        return ""
    word = normal_school(text)
    school = register.index.get(word) if register is not None else None
    return f"# {school.key}" if school is not None else word

"""Part of a name, found by indexes: to contain a text is to have an ending that begins with it.

An index for each of the three endings of a short name, and one of the long names alone, which are read through. Nine names in ten
have two or three characters; names of other peoples (古丽·阿卜杜) and double surnames are the long ones. Both databases use them, with the
same answer: Latin letters without regard to case, everything else as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, CharField, Func, Q
from django.db.models.lookups import Contains, GreaterThanOrEqual, LessThanOrEqual

SHORT = 3
"""Characters of a name that is found by its endings alone."""
_LONGEST = 40
"""Characters that a name has at most (Person.name)."""
_LAST = "\U0010ffff"
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Ending(Func):
    """The name from its character `start` on (1 = the first), its Latin letters small, in the order of characters' numbers.

    The number stands in the SQL itself, not in its parameters: only then does a database know its index again.
    """

    template = "LOWER(SUBSTR(%(expressions)s, %(start)d))"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The collation of the database may put characters in another order, and may know more small letters."""
        return self.as_sql(compiler, connection, template='LOWER(SUBSTR(%(expressions)s, %(start)d) COLLATE "C")', **context)


class IsLong(Func):
    """Whether a name has more than SHORT characters."""

    template = f"LENGTH(%(expressions)s) > {SHORT}"
    output_field = BooleanField()


def containing(text: str) -> Iterator[Q]:
    """Conditions on people of which each uses an index: a name that contains `text` (not empty) fulfils at least one, another none.

    Ask each by itself and unite the answers: joined by OR, SQLite would rather read the whole table.
    """
    text = text.translate(_SMALL)
    last = text.ljust(_LONGEST, _LAST)
    for start in range(1, SHORT - len(text) + 2):
        ending = Ending("name", start=start)
        yield Q(GreaterThanOrEqual(ending, text), LessThanOrEqual(ending, last))
    yield Q(IsLong("name"), Contains(Ending("name", start=1), text))

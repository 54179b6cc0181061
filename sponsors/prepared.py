"""Questions whose SQL is put together once, and then asked again and again with other values.

Django makes the text of a question anew each time it is asked, and PostgreSQL its plan. For a bill's page with its nine
tables that is a third of the page's time, and for one answer to the poll half of it. Here a QuerySet is made once, of
examples, and compiled; later calls put their values where the examples stood, and each connection PREPAREs the text
when it comes to it first. What is no example stands in that text: a bill's page has fifty such values. The rows that come
out are those of the QuerySet.

    poll_bill = Prepared(
        lambda legislature, slug: Bill.objects.published().filter(session__legislature=legislature, slug=slug),
        ("legislature", "slug"),
    )
    bills = poll_bill("ny", "s4075")

Only values may differ, never the shape: an IN, a None or an optional filter needs a question of its own. What depends
on the day must be a value.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.contrib.postgres.fields import ArrayField
from django.db import connection, connections
from django.db.models import BigIntegerField, BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

Row = TypeVar("Row", bound=Model)
_KEYS = "/* keys */"
A_KEY = 2**40 + 1  # an example of a row's key
NEAR = timedelta(days=800)  # of an example: no day of a record is, but what a question counts from it


class Prepared(Generic[Row]):
    """`make` takes one argument for each of `examples` and gives a QuerySet.

    Examples are values of the right type which the question holds nowhere else; the first call finds out where they
    went, and raises ValueError where one of them is not among the parameters as it was given.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], examples: Sequence[Any]) -> None:
        self._make, self._examples = make, tuple(examples)
        self._kept: tuple[QuerySet[Row], Any, str, tuple[Any, ...]] | None = None
        self._found: Any = None
        self._server_side: ServerSide | None = None
        self._places: list[int] = []  # of each parameter that is an example, which one

    def __call__(self, *values: Any) -> list[Row]:
        """The rows for these values, read now."""
        return self._ask(*self._asked(values))

    def _asked(self, values: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
        """What to send, with these values where the examples stand."""
        if len(values) != len(self._examples):
            raise TypeError(f"This question takes {len(self._examples)} values, not {len(values)}.")
        queryset, _, text, parameters = self._kept or self._compile()
        if self._server_side is None:
            self._places = [self._examples.index(one) for one in parameters if one in self._examples]
            told = [VARIES if one in self._examples else one for one in parameters]
            self._server_side = ServerSide(self._sent(text), told)
        return self._server_side.asked(
            connections[queryset.db], tuple(values[place] for place in self._places)
        )

    def _sent(self, text: str) -> str:
        return text

    def _ask(self, text: str, parameters: tuple[Any, ...]) -> list[Row]:
        queryset, compiler, *_ = self._kept or self._compile()
        answers = queryset._chain()  # type: ignore[attr-defined]
        asked = copy.copy(compiler)
        asked.connection = connections[answers.db]
        asked.as_sql = lambda *_args, **_kwargs: (text, parameters)
        asked.get_converters = self._converters
        answers.query.get_compiler = lambda *_args, **_kwargs: asked
        return list(answers)

    def _is_made_of_an_example(self, parameter: Any) -> bool:
        """Whether it is a pattern with an example in it, or a day that is counted from one."""
        alike = [one for one in self._examples if type(one) is type(parameter)]
        if parameter in alike:
            return False
        if isinstance(parameter, str):
            return any(one in parameter for one in alike)
        return type(parameter) is date and any(abs(parameter - one) < NEAR for one in alike)

    def _converters(self, columns: Any) -> Any:
        """What turns columns into values: the same each time, and found for a hundred columns."""
        if self._found is None:
            _, compiler, *_ = self._kept or self._compile()
            self._found = compiler.get_converters(columns)
        return self._found

    def _compile(self) -> tuple[QuerySet[Row], Any, str, tuple[Any, ...]]:
        queryset = self._make(*self._examples)
        compiler = queryset.query.get_compiler(queryset.db)
        text, parameters = compiler.as_sql()
        if missing := [one for one in self._examples if one not in parameters]:
            raise ValueError(f"The question does not hold {missing[0]!r} as a value of its own.")
        if changed := [one for one in parameters if self._is_made_of_an_example(one)]:
            raise ValueError(f"The question makes {changed[0]!r} of an example, and would of other values.")
        # Several threads may come here at once; each makes the same.
        self._kept = (queryset, compiler, text, tuple(parameters))
        return self._kept


VARIES = object()  # stands for a parameter that has another value each time


class ServerSide:
    """A question as a prepared statement of each connection, so that it is read and planned once for each, not each time.

    `parameters` are those of the text, VARIES for each that is told when it is asked.

    Without a session of one's own (DATABASE_POOLED: a pool lends a connection for a transaction) the text is sent as it
    is. A column that a migration gives another type breaks statements that were prepared before; connections live for
    a minute.
    """

    def __init__(self, text: str, parameters: Sequence[Any]) -> None:
        self._text, self._parameters = text, parameters
        self._name = f"passage_{next(_NUMBERS)}"
        values = ", ".join("%s" for one in parameters if one is VARIES)
        self._execute = f"EXECUTE {self._name} ({values})" if values else f"EXECUTE {self._name}"
        self._prepared: WeakSet[Any] = WeakSet()  # psycopg2's connections; a new one begins with nothing

    def asked(self, connection: Any, values: Sequence[Any] = ()) -> tuple[str, tuple[Any, ...]]:
        """What to send, a text and its parameters, with these values for those that vary."""
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            varying = iter(values)
            return self._text, tuple(next(varying) if one is VARIES else one for one in self._parameters)
        connection.ensure_connection()
        if connection.connection not in self._prepared:
            numbers = count(1)
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                told = [
                    f"${next(numbers)}" if one is VARIES else cursor.mogrify("%s", (one,)).decode()
                    for one in self._parameters
                ]
                cursor.execute(f"PREPARE {self._name} AS {self._text % tuple(told)}")
            self._prepared.add(connection.connection)
        return self._execute, tuple(values)


_NUMBERS = count(1)


class PreparedRows(Prepared[Row]):
    """The rows of a QuerySet whose keys another question finds: all that differs is that question, at one place."""

    def __init__(self, rows: QuerySet[Row]) -> None:
        super().__init__(lambda: rows.filter(is_one_of(RawSQL(_KEYS, ()))), ())  # noqa: S611 (a constant)
        self._steady: dict[str, ServerSide] = {}  # by text

    def of(self, keys: QuerySet, *, is_steady: bool = False) -> list[Row]:
        """The rows that `keys`, a QuerySet of one column, finds; in one question together.

        `is_steady`: its text is one of few, and one plan is as good for other values. It is then PREPAREd.
        """
        *_, text, parameters = self._kept or self._compile()
        sql, values = keys.query.sql_with_params()
        before, after = text.split(_KEYS)
        place = before.count("%s")
        asked = f"{before}ARRAY({sql}){after}"
        if not is_steady:
            return self._ask(asked, (*parameters[:place], *values, *parameters[place:]))
        if (prepared := self._steady.get(asked)) is None:
            told = (*parameters[:place], *[VARIES] * len(values), *parameters[place:])
            prepared = self._steady.setdefault(asked, ServerSide(asked, told))
        return self._ask(*prepared.asked(connections[keys.db], values))


class PreparedKeys(Prepared):
    """`make` gives a QuerySet of one column, whose values come as one array: as rows they take ten times as long."""

    def __call__(self, *values: Any) -> list[Any]:
        asked = self._asked(values)
        with connection.cursor() as cursor:
            cursor.execute(*asked)
            return cursor.fetchone()[0]

    def _sent(self, text: str) -> str:
        return f"SELECT ARRAY({text})"


class FixedQuestion:
    """A question that is the same for every reader. `make` gives a `values_list()`."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self._make = make
        self._server_side: ServerSide | None = None

    def rows(self) -> list[tuple[Any, ...]]:
        self._server_side = self._server_side or ServerSide(*self._make().query.sql_with_params())
        with connection.cursor() as cursor:
            cursor.execute(*self._server_side.asked(connection))
            return cursor.fetchall()


def array_text(values: Iterable[object]) -> str:
    """Keys or texts as PostgreSQL writes an array, one value: thousands in an array of psycopg2's take it milliseconds
    to read."""
    quoted = (str(value).replace("\\", r"\\").replace('"', r"\"") for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def as_keys(text: str) -> Cast:
    """The array of keys that `text` writes."""
    return Cast(Value(text), ArrayField(BigIntegerField()))


def is_one_of(keys: Any, column: str = "pk") -> Func:
    """Whether a row is one of these, an array. As an array they are looked for once; within IN a planner that knows
    nothing of a new table yet looks for them again for each of its rows, which takes minutes."""
    return Func(
        F(column), keys, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )

"""Questions whose SQL is put together once, and then asked again and again with other values.

Django makes the text of a question anew each time it is asked, and PostgreSQL its plan. For a bill's page with its nine
tables that is a third of the page's time, and for one answer to the poll half of it. Here a QuerySet is made once, of
examples, and compiled; later calls put their values where the examples stood, and each connection PREPAREs the text
when it comes to it first. What is no example stands in that text: a bill's page has fifty such values. The rows that
come out are those of the QuerySet.

    poll_bill = Prepared(
        lambda legislature, slug: Bill.objects.published().filter(session__legislature=legislature, slug=slug),
        ("legislature", "slug"),
    )
    bills = poll_bill("ny", "s4075")

Several go to the database in one way: as a group of their own (`Together`), or as what several finders ask in step
(`in_step`). On a machine with two cores a way there and back costs as much as a short answer.

Only values may differ, never the shape: an IN, a None or an optional filter needs a question of its own. What depends
on the day must be a value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import count
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BigIntegerField,
    BooleanField,
    F,
    Func,
    Model,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")
_KEYS = "/* keys */"
A_KEY = 2**40 + 1  # an example of a row's key
NEAR = timedelta(days=800)  # of an example: no day of a record is, but what a question counts from it
VARIES = object()  # stands for a parameter that has another value each time


class ServerSide:
    """A question as a prepared statement of each connection: read and planned once for each, and not each time.

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

    def rows(self, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(*self.asked(connection, values))
            return cursor.fetchall()


_NUMBERS = count(1)


class Objects(Generic[Row]):
    """Makes of rows the objects that their QuerySet makes of them. What belongs where is found out once: for a bill
    with a hundred columns that takes longer than filling it."""

    def __init__(self, queryset: QuerySet[Row], compiler: Any) -> None:
        """`compiler` has put its text together."""
        self.width = len(compiler.select)
        self._db = queryset.db
        self._lookups = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        told = compiler.klass_info
        self._first, self._last = told["select_fields"][0], told["select_fields"][-1] + 1
        self._make = told["model"].from_db
        self._names = [column.target.attname for column, *_ in compiler.select[self._first : self._last]]
        self._joined = get_related_populators(told, compiler.select, queryset.db)  # type: ignore[call-arg]
        self._annotations = list((compiler.annotation_col_map or {}).items())
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        self._converters = [(place, *how) for place, how in converters.items()]

    def of(self, rows: Iterable[Sequence[Any]]) -> list[Row]:
        connection = connections[self._db]
        objects = []
        for row in rows:
            if self._converters:
                row = list(row)
                for place, converters, column in self._converters:
                    for convert in converters:
                        row[place] = convert(row[place], column, connection)
            one = self._make(self._db, self._names, row[self._first : self._last])
            for joined in self._joined:
                joined.populate(row, one)
            for name, place in self._annotations:
                setattr(one, name, row[place])
            objects.append(one)
        if self._lookups:
            prefetch_related_objects(objects, *self._lookups)
        return objects


def _compiled(queryset: QuerySet[Row]) -> tuple[QuerySet[Row], Any, str, Sequence[Any]]:
    """The QuerySet, what put its text together, the text and its parameters."""
    compiler: Any = queryset.query.get_compiler(queryset.db)
    return queryset, compiler, *compiler.as_sql()


class Askable(ABC):
    """What can be asked alone or with others: `text` with its `parameters`, VARIES for those that are told."""

    text: str
    parameters: Sequence[Any]

    def __call__(self, *values: Any) -> list[Any]:
        """What there is for these values now."""
        return self.found(self._server_side.rows(self.varying(values)))

    @cached_property
    def _server_side(self) -> ServerSide:
        return ServerSide(self.text, self.parameters)

    @property
    @abstractmethod
    def width(self) -> int:
        """Columns of its rows."""

    def varying(self, values: Sequence[Any]) -> Sequence[Any]:
        """Values of the parameters that vary."""
        return values

    def found(self, rows: list[Any]) -> list[Any]:
        """What is made of its rows."""
        return rows


class Prepared(Askable, Generic[Row]):
    """`make` takes one argument for each of `examples` and gives a QuerySet.

    Examples are values of the right type which the question holds nowhere else; the first call finds out where they
    went, and raises ValueError where one of them is not among the parameters as it was given.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], examples: Sequence[Any]) -> None:
        self._make, self._examples = make, tuple(examples)

    def __call__(self, *values: Any) -> list[Row]:
        """The rows for these values, read now."""
        return super().__call__(*values)

    # Several threads may come to these at once; each makes the same.

    @cached_property
    def _compiled(self) -> tuple[QuerySet[Row], Any, str, Sequence[Any]]:
        queryset, compiler, text, parameters = _compiled(self._make(*self._examples))
        if missing := [one for one in self._examples if one not in parameters]:
            raise ValueError(f"The question does not hold {missing[0]!r} as a value of its own.")
        if changed := [one for one in parameters if self._is_made_of_an_example(one)]:
            raise ValueError(f"The question makes {changed[0]!r} of an example, and would of other values.")
        return queryset, compiler, text, parameters

    @cached_property
    def _objects(self) -> Objects[Row]:
        queryset, compiler, *_ = self._compiled
        return Objects(queryset, compiler)

    @cached_property
    def text(self) -> str:  # type: ignore[override]
        return self._compiled[2]

    @cached_property
    def parameters(self) -> Sequence[Any]:  # type: ignore[override]
        return [VARIES if one in self._examples else one for one in self._compiled[3]]

    @property
    def width(self) -> int:
        return self._objects.width

    @cached_property
    def _places(self) -> list[int]:
        """Of each parameter that varies, which example stood there."""
        return [self._examples.index(one) for one in self._compiled[3] if one in self._examples]

    def varying(self, values: Sequence[Any]) -> list[Any]:
        if len(values) != len(self._examples):
            raise TypeError(f"This question takes {len(self._examples)} values, not {len(values)}.")
        return [values[place] for place in self._places]

    def found(self, rows: list[Any]) -> list[Row]:
        return self._objects.of(rows)

    def _is_made_of_an_example(self, parameter: Any) -> bool:
        """Whether it is a pattern with an example in it, or a day that is counted from one."""
        alike = [one for one in self._examples if type(one) is type(parameter)]
        if parameter in alike:
            return False
        if isinstance(parameter, str):
            return any(one in parameter for one in alike)
        return type(parameter) is date and any(abs(parameter - one) < NEAR for one in alike)


class PreparedText(Askable):
    """A question in SQL of our own, each of whose parameters varies; it gives rows of `width` columns."""

    def __init__(self, text: str, *, width: int) -> None:
        self.text, self.parameters, self._width = text, [VARIES] * text.count("%s"), width

    @property
    def width(self) -> int:
        return self._width


class Together:
    """Several questions in one way to the database, each with its own values, order and limit.

        actions, sponsors = Together(_actions, _sponsors)((bill, today), (bill,))

    A row of the answer holds the columns of all, and is filled by one of them.
    """

    def __init__(self, *questions: Askable) -> None:
        self._questions = questions

    def __call__(self, *values: Sequence[Any]) -> list[list[Any]]:
        told = [
            one
            for question, some in zip(self._questions, values, strict=True)
            for one in question.varying(some)
        ]
        found: list[list[Any]] = [[] for _ in self._questions]
        for row in self._server_side.rows(told):
            start, stop = self._spans[row[0]]
            if row[start] is not None:
                found[row[0]].append(row[start + 1 : stop])
        return [question.found(rows) for question, rows in zip(self._questions, found, strict=True)]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Of each question its first column, which numbers its rows, and where it ends."""
        spans, start = [], 1
        for question in self._questions:
            stop = start + 1 + question.width
            spans.append((start, stop))
            start = stop
        return spans

    @cached_property
    def _server_side(self) -> ServerSide:
        parts = range(len(self._questions))
        joined = " ".join(
            f"LEFT JOIN (SELECT row_number() OVER () AS row_of_part, held.* FROM ({question.text}) AS held)"  # noqa: S608 (Django's own SQL)
            f" AS part{part} ON part = {part}"
            for part, question in zip(parts, self._questions, strict=True)
        )
        text = (
            f"SELECT part, {', '.join(f'part{part}.*' for part in parts)}"  # noqa: S608 (numbers)
            f" FROM (VALUES {', '.join(f'({part})' for part in parts)}) AS parts(part) {joined}"
            f" ORDER BY part, {', '.join(f'part{part}.row_of_part' for part in parts)}"
        )
        return ServerSide(text, [one for question in self._questions for one in question.parameters])


_together = lru_cache(maxsize=200)(Together)
# Yields questions with their values, is sent what each has found, and returns what it makes of that.
Finder = Generator[tuple[Askable, Sequence[Any]], list[Any], Found]


def in_step(*finders: Finder[Any]) -> list[Any]:
    """What each finder returns. What they ask next goes to the database together."""
    done: dict[int, Any] = {}
    asking: dict[int, tuple[Askable, Sequence[Any]]] = {}
    found: dict[int, Any] = dict.fromkeys(range(len(finders)))
    while True:
        for place, rows in found.items():
            try:
                asking[place] = finders[place].send(rows)
            except StopIteration as end:
                done[place] = end.value
        if not asking:
            break
        questions = tuple(question for question, _values in asking.values())
        values = [some for _question, some in asking.values()]
        answers = [questions[0](*values[0])] if len(questions) == 1 else _together(*questions)(*values)
        found = dict(zip(asking, answers, strict=True))
        asking.clear()
    return [done[place] for place in range(len(finders))]


class PreparedRows(Generic[Row]):
    """The rows of a QuerySet whose keys another question finds: all that differs is that question, at one place."""

    def __init__(self, rows: QuerySet[Row]) -> None:
        self._rows = rows
        self._steady: dict[str, ServerSide] = {}  # by text

    @cached_property
    def _parts(self) -> tuple[Objects[Row], str, Sequence[Any], str, Sequence[Any]]:
        """Text and parameters before the keys and after them."""
        queryset, compiler, text, parameters = _compiled(
            self._rows.filter(is_one_of(RawSQL(_KEYS, ())))  # noqa: S611 (a constant)
        )
        before, after = text.split(_KEYS)
        place = before.count("%s")
        return Objects(queryset, compiler), before, parameters[:place], after, parameters[place:]

    @cached_property
    def _with_keys(self) -> Prepared[Row]:
        return Prepared(lambda keys: self._rows.filter(is_one_of(as_keys(keys))), ("@keys",))

    def at(self, keys: Iterable[int]) -> list[Row]:
        """Those of the rows that have one of these keys."""
        return self._with_keys(array_text(keys))

    def of(self, keys: QuerySet, *, is_steady: bool = False) -> list[Row]:
        """The rows that `keys`, a QuerySet of one column, finds; in one question together.

        `is_steady`: its text is one of few, and one plan is as good for other values. It is then PREPAREd.
        """
        objects, before, own_before, after, own_after = self._parts
        sql, values = keys.query.sql_with_params()
        asked = f"{before}ARRAY({sql}){after}"
        if not is_steady:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(asked, (*own_before, *values, *own_after))
                return objects.of(cursor.fetchall())
        if (prepared := self._steady.get(asked)) is None:
            told = (*own_before, *[VARIES] * len(values), *own_after)
            prepared = self._steady.setdefault(asked, ServerSide(asked, told))
        return objects.of(prepared.rows(values))


class PreparedKeys(Prepared):
    """`make` gives a QuerySet of one column, whose values come as one array: as rows they take ten times as long."""

    def found(self, rows: list[Any]) -> list[Any]:
        return rows[0][0]

    @cached_property
    def text(self) -> str:  # type: ignore[override]
        return f"SELECT ARRAY({super().text})"


class FixedQuestion:
    """A question that is the same for every reader. `make` gives a `values_list()`."""

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self._make = make

    @cached_property
    def _server_side(self) -> ServerSide:
        return ServerSide(*self._make().query.sql_with_params())

    def rows(self) -> list[tuple[Any, ...]]:
        return self._server_side.rows()


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

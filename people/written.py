"""Queries whose SQL is written once.

Django takes longer to write a statement of many parts than the database takes to answer it. Such a query is built the
first time that it is asked, with `Given` in the place of every value that differs from one time to the next.
"""

import json

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, Func


class Given(Expression):
    """A parameter by its name, whose value is put in when the query is asked."""

    def __init__(self, name, field):
        super().__init__(output_field=field())
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value(self, given):
        return self.output_field.get_db_prep_value(given[self.name], connection)


class GivenMany(Given):
    """Several values as one parameter, so that the SQL is the same for any number."""

    def __init__(self, name):
        super().__init__(name, Field)

    def value(self, given):
        values = list(given[self.name])
        return values if connection.vendor == "postgresql" else json.dumps(values, default=str)


class IsAmong(Func):
    """Whether the field's value is among those given by that name: numbers, unless the field's type is named."""

    output_field = BooleanField()

    def __init__(self, field, name, kind=BigIntegerField):
        super().__init__(F(field), GivenMany(name))
        self.kind = kind

    def as_postgresql(self, compiler, connection):
        template = f"%(expressions)s::{self.kind().db_type(connection)}[])"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" = ANY(")

    def as_sqlite(self, compiler, connection):
        template = "%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" IN (SELECT value FROM json_each(")


class Written:
    """A query to be asked many times: `make` returns its queryset of values."""

    def __init__(self, make):
        self.make, self.known = make, {}

    def rows(self, **given):
        """Tuples, one for each row; `given` are the values by their names."""
        if connection.vendor not in self.known:
            self.known[connection.vendor] = self._write()
        query, columns, sql, params = self.known[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [one.value(given) if isinstance(one, Given) else one for one in params])
            rows = cursor.fetchall()
        compiler = query.get_compiler(connection=connection)
        converters = compiler.get_converters(columns)
        return list(compiler.apply_converters(rows, converters)) if converters else rows

    def _write(self):
        query = self.make().query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return query, [column for column, _, _ in compiler.select], sql, params

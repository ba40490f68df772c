"""Triggers that renew a token whenever a table changes of which the public sees something, on both engines.

Pages are kept in memory under these tokens (stamps.py). A trigger misses nothing: not the admin, not another process,
not a line of SQL. Tokens are random, so that one never comes back: not after a rollback, nor from a restored backup.
A row for each table, not one for all: who writes other tables need not wait for one another.
"""

from collections.abc import Container

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "indicators_stamp"
PREFIX = "stamped"
ALWAYS = ("insert", "update", "delete")
# A figure that is recorded is a draft, which the public does not see, and so is one that is sent back: not even by
# another name of its pages. Adopting adds an entry, and that renews.
STAMPED = {
    "priorities_kadernota": ALWAYS,
    "priorities_priority": ALWAYS,
    "indicators_source": ALWAYS,
    "indicators_area": ALWAYS,
    "indicators_indicator": ALWAYS,
    "indicators_component": ALWAYS,
    "indicators_baseline": ALWAYS,
    "indicators_target": ALWAYS,
    "indicators_reading": ALWAYS,
    "indicators_break": ALWAYS,
    "indicators_edition": ALWAYS,
    "reports_sealeddocument": ALWAYS,
    "indicators_editionentry": ALWAYS,
    "indicators_measurement": ("update", "delete"),
    "indicators_sentback": ("update", "delete"),
    # So too with the lines of the programme: recorded they are drafts, adopted they stand in an edition.
    "indicators_editionline": ALWAYS,
    "indicators_programmeline": ("update", "delete"),
    "indicators_linesentback": ("update", "delete"),
}
TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()::text"}


def stamp_trigger_names(tables: Container[str] | None = None) -> set[str]:
    """The names of all triggers that must be there; with `tables` those that a database with these tables needs."""
    if tables is not None and TABLE not in tables:
        return set()
    return {
        f"{PREFIX}_{table}_{event}"
        for table, events in STAMPED.items()
        if tables is None or table in tables
        for event in events
    }


def create_stamp_statements(connection: BaseDatabaseWrapper, tables: set[str]) -> list[str]:
    """The statements that make the triggers, and a new token for whatever happened without them."""
    if TABLE not in tables:  # a database may stand at an older migration
        return []
    token = TOKEN[connection.vendor]
    make = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    return [*make(token, tables), _renew("'made'", token)]


def drop_stamp_statements(connection: BaseDatabaseWrapper, tables: set[str]) -> list[str]:
    """The statements that take the triggers away."""
    return [
        f"DROP TRIGGER IF EXISTS {PREFIX}_{table}_{event}" + ("" if connection.vendor == "sqlite" else f" ON {table}")
        for table in sorted(tables & set(STAMPED))
        for event in (*ALWAYS, "truncate")
    ]


def _renew(name: str, token: str) -> str:
    return (
        f"INSERT INTO {TABLE} (name, token) VALUES ({name}, {token}) "
        "ON CONFLICT (name) DO UPDATE SET token = excluded.token"
    )


def _sqlite_statements(token: str, tables: set[str]) -> list[str]:
    return [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} AFTER {event.upper()} ON {table} "
        f"BEGIN {_renew(repr(table), token)}; END"
        for table, events in STAMPED.items()
        if table in tables
        for event in events
    ]


def _postgresql_statements(token: str, tables: set[str]) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION indicators_renew_stamp() RETURNS trigger AS $$ "
        f"BEGIN {_renew('TG_TABLE_NAME', token)}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    return [function] + [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} AFTER {event.upper()} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION indicators_renew_stamp()"
        for table, events in STAMPED.items()
        if table in tables
        for event in (*events, "truncate")
    ]

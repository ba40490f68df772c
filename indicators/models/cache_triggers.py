"""Triggers that renew the cache token of a table with every change of its public data.

The version of the page cache (indicators.readmodel.cache) is made of these tokens. Triggers also see changes by the
admin, another process or plain SQL. Tokens are random, so that none recurs after a rollback or a restored backup. Each
table has its own row, so that transactions on different tables do not wait for one another.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "indicators_stamp"
PREFIX = "stamped"
ALL_EVENTS = ("insert", "update", "delete")
# Recording a figure or line inserts a draft, which the public does not see; so does sending one back. Adopting a draft
# inserts an entry, which renews a token.
AFTER_DRAFT = ("update", "delete")
EVENTS = {
    "priorities_kadernota": ALL_EVENTS,
    "priorities_priority": ALL_EVENTS,
    "indicators_source": ALL_EVENTS,
    "indicators_area": ALL_EVENTS,
    "indicators_indicator": ALL_EVENTS,
    "indicators_component": ALL_EVENTS,
    "indicators_baseline": ALL_EVENTS,
    "indicators_target": ALL_EVENTS,
    "indicators_reading": ALL_EVENTS,
    "indicators_break": ALL_EVENTS,
    "indicators_edition": ALL_EVENTS,
    "indicators_editionentry": ALL_EVENTS,
    "indicators_editionline": ALL_EVENTS,
    "reports_sealeddocument": ALL_EVENTS,
    "indicators_measurement": AFTER_DRAFT,
    "indicators_sentback": AFTER_DRAFT,
    "indicators_programmeline": AFTER_DRAFT,
    "indicators_linesentback": AFTER_DRAFT,
}
NEW_TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()::text"}


def create_statements(connection: BaseDatabaseWrapper, tables: set[str]) -> list[str]:
    """Return the SQL that creates the triggers, and renews a token for changes made while there were none."""
    if TABLE not in tables:  # the database is at an older migration
        return []
    token = NEW_TOKEN[connection.vendor]
    statements = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    return [*statements(token, tables), _renew("'made'", token)]


def _events(tables: set[str]) -> list[tuple[str, str]]:
    return [(table, event) for table, events in EVENTS.items() if table in tables for event in events]


def _renew(name: str, token: str) -> str:
    return (
        f"INSERT INTO {TABLE} (name, token) VALUES ({name}, {token}) "
        "ON CONFLICT (name) DO UPDATE SET token = excluded.token"
    )


def _sqlite_statements(token: str, tables: set[str]) -> list[str]:
    return [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} AFTER {event.upper()} ON {table} "
        f"BEGIN {_renew(repr(table), token)}; END"
        for table, event in _events(tables)
    ]


def _postgresql_statements(token: str, tables: set[str]) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION indicators_renew_stamp() RETURNS trigger AS $$ "
        f"BEGIN {_renew('TG_TABLE_NAME', token)}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    truncations = [(table, "truncate") for table in EVENTS if table in tables]
    return [function] + [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} AFTER {event.upper()} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION indicators_renew_stamp()"
        for table, event in [*_events(tables), *truncations]
    ]

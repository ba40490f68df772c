"""Triggers that make the database itself refuse to change what is recorded or adopted, on both engines.

Migrations that rebuild a table on SQLite drop its triggers, so they are made again after every migration
(apps.py). A revision may be added, never updated, never deleted; it replaces a revision of the same figure or line, in
an area or year of its own kadernota; an entry holds a newest revision, in the newest edition of its own kadernota and
year, until that edition holds as many as it says. Also of the structure: no indicator hangs under a theme.
"""

from collections.abc import Container

from django.db.backends.base.base import BaseDatabaseWrapper

from indicators.models.cache_triggers import create_stamp_statements, drop_stamp_statements, stamp_trigger_names

LOCKED = [
    "indicators_measurement",
    "indicators_target",
    "indicators_edition",
    "reports_sealeddocument",  # of an app above this one, so by its name only
    "indicators_editionentry",
    "indicators_sentback",
    "indicators_auditevent",
    "indicators_programmeline",
    "indicators_editionline",
    "indicators_linesentback",
]
CHAINED = ["indicators_measurement", "indicators_target"]
# SQLite's INSERT OR REPLACE takes the row in the way out without a delete, unless the connection asks for triggers then
# too. Ours does; another program's does not. So a row that would take another's place is refused before it comes.
UNIQUE = {
    "indicators_measurement": ["replaces_id"],
    "indicators_target": ["replaces_id"],
    "indicators_edition": ["kadernota_id, year, number"],
    "reports_sealeddocument": ["edition_id, document, format", "edition_id, name"],
    "indicators_editionentry": ["measurement_id"],
    "indicators_sentback": ["measurement_id"],
    "indicators_auditevent": [],
    "indicators_programmeline": ["replaces_id"],
    "indicators_editionline": ["line_id"],
    "indicators_linesentback": ["line_id"],
}
PREFIX = "locked"

WRONG_CHAIN = """
    NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM {table} earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.component_id = NEW.component_id
          AND earlier.area_id = NEW.area_id AND earlier.year = NEW.year
    )"""
WRONG_AREA = """
    NOT EXISTS (
        SELECT 1 FROM indicators_component c
        JOIN indicators_indicator i ON i.id = c.indicator_id
        JOIN priorities_priority p ON p.id = i.priority_id
        JOIN indicators_area a ON a.kadernota_id = p.kadernota_id
        WHERE c.id = NEW.component_id AND a.id = NEW.area_id
    )"""
WRONG_ENTRY = """
    NOT EXISTS (
        SELECT 1 FROM indicators_measurement m
        JOIN indicators_component c ON c.id = m.component_id
        JOIN indicators_indicator i ON i.id = c.indicator_id
        JOIN priorities_priority p ON p.id = i.priority_id
        JOIN indicators_edition e ON e.kadernota_id = p.kadernota_id AND e.year = m.year
        WHERE m.id = NEW.measurement_id AND e.id = NEW.edition_id
          AND NOT EXISTS (SELECT 1 FROM indicators_edition later
                          WHERE later.kadernota_id = e.kadernota_id AND later.id > e.id)
          AND NOT EXISTS (SELECT 1 FROM indicators_measurement newer WHERE newer.replaces_id = m.id)
          AND e.size > (SELECT COUNT(*) FROM indicators_editionentry held WHERE held.edition_id = e.id)
    )"""

WRONG_LINE = """
    NOT EXISTS (
        SELECT 1 FROM priorities_priority p JOIN priorities_kadernota k ON k.id = p.kadernota_id
        WHERE p.id = NEW.priority_id AND NEW.year BETWEEN k.first_year AND k.last_year
    ) OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_programmeline earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.priority_id = NEW.priority_id
          AND earlier.kind = NEW.kind AND earlier.year = NEW.year
    ))"""
# The lines of an edition are those of its own year, and of the next: it looks back and ahead.
WRONG_EDITION_LINE = """
    NOT EXISTS (
        SELECT 1 FROM indicators_programmeline l
        JOIN priorities_priority p ON p.id = l.priority_id
        JOIN indicators_edition e ON e.kadernota_id = p.kadernota_id AND l.year IN (e.year, e.year + 1)
        WHERE l.id = NEW.line_id AND e.id = NEW.edition_id
          AND NOT EXISTS (SELECT 1 FROM indicators_edition later
                          WHERE later.kadernota_id = e.kadernota_id AND later.id > e.id)
          AND NOT EXISTS (SELECT 1 FROM indicators_programmeline newer WHERE newer.replaces_id = l.id)
          AND e.line_count > (SELECT COUNT(*) FROM indicators_editionline held WHERE held.edition_id = e.id)
    )"""
UNDER_A_THEME = """
    EXISTS (SELECT 1 FROM priorities_priority p WHERE p.id = NEW.priority_id AND p.kind = 'theme')"""
ANOTHER_KIND = "NEW.kind <> OLD.kind"
# What has its place in the structure, though it may be changed: the table, the event, and what is refused.
PLACED = [
    ("indicators_indicator", "insert", UNDER_A_THEME),
    ("indicators_indicator", "update", UNDER_A_THEME),
    ("priorities_priority", "update", ANOTHER_KIND),
]


def expected_triggers(connection: BaseDatabaseWrapper, tables: Container[str] | None = None) -> set[str]:
    """The names of all triggers that must be there, on this engine; with `tables` those that such a database needs."""
    locked = [table for table in LOCKED if tables is None or table in tables]
    guards = {f"{PREFIX}_{table}_{event}" for table in locked for event in ("update", "delete")}
    inserts = {f"{PREFIX}_{table}_{event}" for table, event, _ in _guards(tables)}
    replaces = {f"{PREFIX}_{table}_replace" for table in locked if connection.vendor == "sqlite"}
    return guards | inserts | replaces | stamp_trigger_names(tables)


def missing_triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of triggers that should be there and are not; the database may stand at an older migration."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
        return expected_triggers(connection, connection.introspection.table_names(cursor)) - present


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew, of the tables that are there: a database may stand at an older migration."""
    drop_triggers(connection)
    make = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for statement in [*make(tables), *create_stamp_statements(connection, tables)]:
            cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a migration or the flush of a test, never for a page or a command."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in sorted(tables & {*LOCKED, *(table for table, *_ in PLACED)}):
            for event in ("update", "delete", "insert", "replace", "truncate"):
                name = f"{PREFIX}_{table}_{event}"
                on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        for statement in drop_stamp_statements(connection, tables):
            cursor.execute(statement)


def _guards(tables: Container[str] | None = None) -> list[tuple[str, str, str]]:
    """Of each guarded table (of `tables`; left out: all) the event, and the condition on which it is refused."""
    chains = [(table, "insert", f"({WRONG_CHAIN.format(table=table)}) OR {WRONG_AREA}") for table in CHAINED]
    entries = [
        ("indicators_editionentry", "insert", WRONG_ENTRY),
        ("indicators_programmeline", "insert", WRONG_LINE),
        ("indicators_editionline", "insert", WRONG_EDITION_LINE),
    ]
    guards = [*chains, *entries, *(PLACED if tables is None or LOCKED[-1] in tables else [])]
    return [guard for guard in guards if tables is None or guard[0] in tables]


def _takes_a_place(table: str) -> str:
    keys = ["id", *UNIQUE[table]]
    tests = [" AND ".join(f"there.{name} = NEW.{name}" for name in key.split(", ")) for key in keys]
    if table in CHAINED:
        same = " AND ".join(f"there.{name} = NEW.{name}" for name in ("component_id", "area_id", "year"))
        tests.append(f"NEW.replaces_id IS NULL AND there.replaces_id IS NULL AND {same}")
    return f"EXISTS (SELECT 1 FROM {table} there WHERE {' OR '.join(f'({test})' for test in tests)})"


def _sqlite_statements(tables: set[str]) -> list[str]:
    locked = [table for table in LOCKED if table in tables]
    statements = [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never changed, only added to'); END"
        for table in locked
        for event in ("update", "delete")
    ]
    statements += [
        f"CREATE TRIGGER {PREFIX}_{table}_replace BEFORE INSERT ON {table} WHEN {_takes_a_place(table)} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never changed, only added to: such a row is there'); END"
        for table in locked
    ]
    return statements + [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: this row does not belong there'); END"
        for table, event, condition in _guards(tables)
    ]


def _postgresql_statements(tables: set[str]) -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION indicators_refuse_change() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '% is never changed, only added to', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
    ]
    for table in [table for table in LOCKED if table in tables]:
        statements += [
            f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH {level} EXECUTE FUNCTION indicators_refuse_change()"
            for event, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
        ]
    for table, event, condition in _guards(tables):
        statements += [
            f"CREATE OR REPLACE FUNCTION {table}_refuse_{event}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{table}: this row does not belong there' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql "
            # In the order in which the condition names the tables: from this row on, by key. What is known of the sizes
            # of small or new tables would at times begin at the other end, and read them all for each row.
            "SET join_collapse_limit = 1 SET enable_seqscan = off",
            f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_{event}()",
        ]
    return statements

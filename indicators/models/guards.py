"""Database triggers that keep the history as it was recorded, on SQLite and PostgreSQL.

    APPEND_ONLY      rows of these tables are never updated or deleted
    INVALID_INSERTS  rows that must not be added to them: a revision of another figure or line, an area or a year
                     outside the kadernota, an entry that does not belong in the edition
    INVALID_CHANGES  changes of the structure that would move figures out of what is counted

The conditions are SQL over NEW and OLD. `indicators.apps` creates the triggers after every migration, since SQLite
drops those of a table that a migration rebuilds.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from indicators.models import cache_triggers

PREFIX = "locked"
LAST_TABLE = "indicators_linesentback"  # created by the last migration that a guard needs


def _same(*columns: str) -> str:
    return " AND ".join(f"existing.{column} = NEW.{column}" for column in columns)


FIRST_REVISION = (
    f"NEW.replaces_id IS NULL AND existing.replaces_id IS NULL AND {_same('component_id', 'area_id', 'year')}"
)
# Each table with its unique keys beside the primary key. INSERT OR REPLACE of SQLite deletes the row with the same
# key, and without `recursive_triggers`, a setting of the connection, no delete trigger fires. So on SQLite a row with
# the key of an existing row is refused before it is inserted.
APPEND_ONLY = {
    "indicators_measurement": [_same("replaces_id"), FIRST_REVISION],
    "indicators_target": [_same("replaces_id"), FIRST_REVISION],
    "indicators_edition": [_same("kadernota_id", "year", "number")],
    "indicators_editionentry": [_same("measurement_id")],
    "indicators_sentback": [_same("measurement_id")],
    "indicators_programmeline": [_same("replaces_id")],
    "indicators_editionline": [_same("line_id")],
    "indicators_linesentback": [_same("line_id")],
    "indicators_auditevent": [],
    "reports_sealeddocument": [_same("edition_id", "document", "format"), _same("edition_id", "name")],
}

# A revision replaces one of the same component, area and year, and its area belongs to the same kadernota.
INVALID_REVISION = """
    (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM {table} earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.component_id = NEW.component_id
          AND earlier.area_id = NEW.area_id AND earlier.year = NEW.year
    )) OR NOT EXISTS (
        SELECT 1 FROM indicators_component c
        JOIN indicators_indicator i ON i.id = c.indicator_id
        JOIN priorities_priority p ON p.id = i.priority_id
        JOIN indicators_area a ON a.kadernota_id = p.kadernota_id
        WHERE c.id = NEW.component_id AND a.id = NEW.area_id
    )"""
# An entry holds the current revision of a figure, in the latest edition of the same kadernota and of the figure's
# year, until that edition holds as many figures as its `size` says.
INVALID_ENTRY = """
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
          AND e.size > (SELECT COUNT(*) FROM indicators_editionentry entry WHERE entry.edition_id = e.id)
    )"""
# A line lies in a year of its kadernota; a revision replaces one of the same part, kind and year.
INVALID_LINE = """
    NOT EXISTS (
        SELECT 1 FROM priorities_priority p JOIN priorities_kadernota k ON k.id = p.kadernota_id
        WHERE p.id = NEW.priority_id AND NEW.year BETWEEN k.first_year AND k.last_year
    ) OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_programmeline earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.priority_id = NEW.priority_id
          AND earlier.kind = NEW.kind AND earlier.year = NEW.year
    ))"""
# As INVALID_ENTRY; but an edition holds the lines of its own year and of the next, as it looks back and ahead.
INVALID_EDITION_LINE = """
    NOT EXISTS (
        SELECT 1 FROM indicators_programmeline l
        JOIN priorities_priority p ON p.id = l.priority_id
        JOIN indicators_edition e ON e.kadernota_id = p.kadernota_id AND l.year IN (e.year, e.year + 1)
        WHERE l.id = NEW.line_id AND e.id = NEW.edition_id
          AND NOT EXISTS (SELECT 1 FROM indicators_edition later
                          WHERE later.kadernota_id = e.kadernota_id AND later.id > e.id)
          AND NOT EXISTS (SELECT 1 FROM indicators_programmeline newer WHERE newer.replaces_id = l.id)
          AND e.line_count > (SELECT COUNT(*) FROM indicators_editionline entry WHERE entry.edition_id = e.id)
    )"""
UNDER_A_THEME = """
    EXISTS (SELECT 1 FROM priorities_priority p WHERE p.id = NEW.priority_id AND p.kind = 'theme')"""

# Table, event, and the condition on which the database refuses the row.
INVALID_INSERTS = [
    ("indicators_measurement", "insert", INVALID_REVISION.format(table="indicators_measurement")),
    ("indicators_target", "insert", INVALID_REVISION.format(table="indicators_target")),
    ("indicators_editionentry", "insert", INVALID_ENTRY),
    ("indicators_programmeline", "insert", INVALID_LINE),
    ("indicators_editionline", "insert", INVALID_EDITION_LINE),
]
INVALID_CHANGES = [
    ("indicators_indicator", "insert", UNDER_A_THEME),
    ("indicators_indicator", "update", UNDER_A_THEME),
    ("priorities_priority", "update", "NEW.kind <> OLD.kind"),
]


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger anew, for the tables that the database has: it may be at an older migration."""
    drop_triggers(connection)
    statements = _sqlite_statements if connection.vendor == "sqlite" else _postgresql_statements
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for statement in [*statements(tables), *cache_triggers.create_statements(connection, tables)]:
            cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for a migration, or for the flush after a test."""
    triggers = existing_triggers(connection)
    with connection.cursor() as cursor:
        for name, table in triggers:
            if name.startswith((f"{PREFIX}_", f"{cache_triggers.PREFIX}_")):
                cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def existing_triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return the triggers in the database, as pairs of name and table."""
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2, 1"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(name, table) for name, table in cursor.fetchall()]


def _append_only(tables: set[str]) -> list[str]:
    return [table for table in APPEND_ONLY if table in tables]


def _conditions(tables: set[str]) -> list[tuple[str, str, str]]:
    conditions = [condition for condition in INVALID_INSERTS if condition[0] in tables]
    return [*conditions, *INVALID_CHANGES] if LAST_TABLE in tables else conditions


def _sqlite_statements(tables: set[str]) -> list[str]:
    statements = []
    for table in _append_only(tables):
        keys = " OR ".join(f"({key})" for key in [_same("id"), *APPEND_ONLY[table]])
        has_key = f"WHEN EXISTS (SELECT 1 FROM {table} existing WHERE {keys}) "
        statements += [
            f"CREATE TRIGGER {PREFIX}_{table}_{name} BEFORE {event} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} is never changed, only added to{detail}'); END"
            for name, event, when, detail in (
                ("update", "UPDATE", "", ""),
                ("delete", "DELETE", "", ""),
                ("replace", "INSERT", has_key, ": such a row is there"),
            )
        ]
    return statements + [
        f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: this row does not belong there'); END"
        for table, event, condition in _conditions(tables)
    ]


def _postgresql_statements(tables: set[str]) -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION indicators_refuse_change() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '% is never changed, only added to', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
    ]
    for table in _append_only(tables):
        statements += [
            f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH {level} EXECUTE FUNCTION indicators_refuse_change()"
            for event, level in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
        ]
    for table, event, condition in _conditions(tables):
        statements += [
            f"CREATE OR REPLACE FUNCTION {table}_refuse_{event}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{table}: this row does not belong there' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql "
            # Join in the order of the condition, from the new row on and by key: with the statistics of small or new
            # tables the planner would at times start at the other end and scan them all for each row.
            "SET join_collapse_limit = 1 SET enable_seqscan = off",
            f"CREATE TRIGGER {PREFIX}_{table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_{event}()",
        ]
    return statements

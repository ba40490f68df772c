"""Database triggers that keep what was decided as it was, on SQLite and PostgreSQL.

    APPEND_ONLY   rows of these tables are never updated or deleted
    UNDER_VERSION rows that hang under a version: closed while it is offered, and for ever once it is decided
    IDENTITIES    rows that may go with a draft, but never change once a decision stands on them
    INSERTS       rows that must not be added: a revision of another figure, an entry in a closed edition, a decision
                  that is not the next of its chain or that its own author takes

A decision is inserted last and closes what it fixes. On PostgreSQL the triggers lock that row first, so that no row
slips under a decision that another transaction takes at the same time; they run with the rights of the owner of the
tables, since the role of the application may not update what never changes.

The conditions are SQL over NEW and OLD. `indicators.apps` creates the triggers after every migration, since SQLite
drops those of a table that a migration rebuilds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, UniqueConstraint

PREFIX = "guard"


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A trigger: the event of a table that it refuses under a condition, and the row that it locks first."""

    table: str
    event: str
    name: str
    condition: str
    message: str
    lock: str = ""

    @property
    def trigger(self) -> str:
        """The name of the trigger."""
        return f"{PREFIX}_{self.table}_{self.name}"


APPEND_ONLY = (
    "indicators_measurement",
    "indicators_programmeline",
    "indicators_sentback",
    "indicators_edition",
    "indicators_editionentry",
    "indicators_correction",
    "indicators_witness",
    "indicators_decision",
    "indicators_sealeddocument",
    "indicators_manifest",
    "indicators_auditevent",
)
_OF_INDICATOR = "(SELECT i.version_id FROM indicators_indicator i WHERE i.id = {row}.indicator_id)"
_OF_COMPONENT = (
    "(SELECT i.version_id FROM indicators_component c JOIN indicators_indicator i ON i.id = c.indicator_id "
    "WHERE c.id = {row}.component_id)"
)
# The version of a row of each table.
UNDER_VERSION = {
    "priorities_version": "{row}.id",
    "priorities_priority": "{row}.version_id",
    "indicators_indicator": "{row}.version_id",
    "indicators_component": _OF_INDICATOR,
    "indicators_baseline": _OF_COMPONENT,
    "indicators_target": _OF_COMPONENT,
    "indicators_break": _OF_COMPONENT,
    "indicators_reading": "{row}.version_id",
}
_KADERNOTA_DECIDED = "EXISTS (SELECT 1 FROM indicators_decision d WHERE d.kadernota_id = OLD.{column})"
# When a row of each table has become fixed.
IDENTITIES = {
    "priorities_kadernota": _KADERNOTA_DECIDED.format(column="id"),
    "indicators_area": _KADERNOTA_DECIDED.format(column="kadernota_id"),
    "priorities_topic": """
        EXISTS (SELECT 1 FROM priorities_priority p JOIN indicators_decision d ON d.version_id = p.version_id
                WHERE p.topic_id = OLD.id)
        OR EXISTS (SELECT 1 FROM indicators_programmeline l WHERE l.topic_id = OLD.id)""",
    "indicators_series": """
        EXISTS (SELECT 1 FROM indicators_component c JOIN indicators_indicator i ON i.id = c.indicator_id
                JOIN indicators_decision d ON d.version_id = i.version_id WHERE c.series_id = OLD.id)
        OR EXISTS (SELECT 1 FROM indicators_measurement m WHERE m.series_id = OLD.id)""",
    "indicators_source": """
        EXISTS (SELECT 1 FROM indicators_indicator i JOIN indicators_decision d ON d.version_id = i.version_id
                WHERE i.source_id = OLD.id)""",
    "indicators_proposal": "OLD.state IN ('adopted', 'discarded')",
}
# What was offered is what is adopted, and who offered it stays on record.
OFFERED_CHANGES = """
    OLD.state = 'offered' AND (
        NEW.kadernota_id <> OLD.kadernota_id OR NEW.kind <> OLD.kind
        OR COALESCE(NEW.version_id, 0) <> COALESCE(OLD.version_id, 0)
        OR (NEW.state IN ('offered', 'adopted') AND (
            NEW.proposed_by_id <> OLD.proposed_by_id OR NEW.content_hash <> OLD.content_hash
            OR NEW.details <> OLD.details)))"""
# The name of an organisation may change: versions print their own. Its code is in the first link of a chain.
ORGANISATION = """
    (NEW.id <> OLD.id OR NEW.slug <> OLD.slug OR NEW.cbs_code <> OLD.cbs_code) AND EXISTS (
        SELECT 1 FROM priorities_kadernota k JOIN indicators_decision d ON d.kadernota_id = k.id
        WHERE k.organisation_id = OLD.id)"""
VERSION_CLOSED = """
    EXISTS (SELECT 1 FROM indicators_decision d WHERE d.version_id = {version})
    OR EXISTS (SELECT 1 FROM indicators_proposal p
               WHERE p.version_id = {version} AND p.state IN ('offered', 'adopted'))"""
# While a draft lives nobody removes who edited it; a draft that is thrown away is first cut off from its proposal.
EDIT_FIXED = """
    EXISTS (SELECT 1 FROM indicators_decision d WHERE d.version_id = OLD.version_id)
    OR EXISTS (SELECT 1 FROM indicators_proposal p WHERE p.version_id = OLD.version_id)"""

# Figures and lines are recorded for an adopted kadernota, and a revision replaces one of the same figure or line.
INVALID_MEASUREMENT = """
    NOT EXISTS (SELECT 1 FROM indicators_decision d WHERE d.kadernota_id = NEW.kadernota_id)
    OR NOT EXISTS (SELECT 1 FROM indicators_series s WHERE s.id = NEW.series_id AND s.kadernota_id = NEW.kadernota_id)
    OR NOT EXISTS (SELECT 1 FROM indicators_area a WHERE a.id = NEW.area_id AND a.kadernota_id = NEW.kadernota_id)
    OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_measurement earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.series_id = NEW.series_id
          AND earlier.area_id = NEW.area_id AND earlier.year = NEW.year))"""
INVALID_LINE = """
    NOT EXISTS (SELECT 1 FROM indicators_decision d WHERE d.kadernota_id = NEW.kadernota_id)
    OR NOT EXISTS (SELECT 1 FROM priorities_topic t WHERE t.id = NEW.topic_id AND t.kadernota_id = NEW.kadernota_id)
    OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_programmeline earlier
        WHERE earlier.id = NEW.replaces_id AND earlier.topic_id = NEW.topic_id
          AND earlier.kind = NEW.kind AND earlier.year = NEW.year))"""
# A year is judged under an adopted version of the same kadernota; editions of a year are numbered in order.
INVALID_EDITION = """
    NOT EXISTS (SELECT 1 FROM priorities_version v JOIN indicators_decision d ON d.version_id = v.id
                WHERE v.id = NEW.version_id AND v.kadernota_id = NEW.kadernota_id)
    OR NEW.number <> 1 + (SELECT COUNT(*) FROM indicators_edition e
                          WHERE e.kadernota_id = NEW.kadernota_id AND e.year = NEW.year)"""
# An open edition takes the newest revision of a figure of its year, or of a line of its year or the next.
INVALID_ENTRY = """
    EXISTS (SELECT 1 FROM indicators_decision d WHERE d.edition_id = NEW.edition_id)
    OR (NEW.measurement_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_measurement m
        JOIN indicators_edition e ON e.kadernota_id = m.kadernota_id AND e.year = m.year
        WHERE m.id = NEW.measurement_id AND e.id = NEW.edition_id AND NOT m.retracted
          AND NOT EXISTS (SELECT 1 FROM indicators_measurement newer WHERE newer.replaces_id = m.id)
          AND NOT EXISTS (SELECT 1 FROM indicators_sentback back WHERE back.measurement_id = m.id)))
    OR (NEW.line_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_programmeline l
        JOIN indicators_edition e ON e.kadernota_id = l.kadernota_id AND l.year IN (e.year, e.year + 1)
        WHERE l.id = NEW.line_id AND e.id = NEW.edition_id AND NOT l.retracted
          AND NOT EXISTS (SELECT 1 FROM indicators_programmeline newer WHERE newer.replaces_id = l.id)
          AND NOT EXISTS (SELECT 1 FROM indicators_sentback back WHERE back.line_id = l.id)))"""
# The next link of the chain: what it fixes belongs to the same kadernota, and an adopter took part in none of it.
INVALID_DECISION = """
    NEW.sequence <> 1 + (SELECT COUNT(*) FROM indicators_decision d WHERE d.kadernota_id = NEW.kadernota_id)
    OR (NEW.sequence > 1 AND NOT EXISTS (
        SELECT 1 FROM indicators_decision d WHERE d.kadernota_id = NEW.kadernota_id
          AND d.sequence = NEW.sequence - 1 AND d.chain_hash = NEW.previous))
    OR (NEW.sequence = 1 AND NEW.kind <> 'nota')
    OR NOT EXISTS (SELECT 1 FROM indicators_witness w
                   WHERE w.id = NEW.witness_id AND w.kadernota_id = NEW.kadernota_id)
    OR (NEW.kind = 'nota' AND (
        NOT EXISTS (SELECT 1 FROM priorities_version v
                    WHERE v.id = NEW.version_id AND v.kadernota_id = NEW.kadernota_id)
        OR (NEW.adopted_by_id IS NOT NULL AND (
            NOT EXISTS (SELECT 1 FROM indicators_proposal p WHERE p.version_id = NEW.version_id
                        AND p.state = 'offered' AND p.proposed_by_id <> NEW.adopted_by_id)
            OR EXISTS (SELECT 1 FROM indicators_versionedit edit WHERE edit.version_id = NEW.version_id
                       AND edit.edited_by_id = NEW.adopted_by_id)))))
    OR (NEW.edition_id IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM indicators_edition e
                    WHERE e.id = NEW.edition_id AND e.kadernota_id = NEW.kadernota_id
                      AND (e.rejudges OR EXISTS (SELECT 1 FROM indicators_editionentry entry
                                                 WHERE entry.edition_id = e.id))
                      AND (NEW.kind = 'taken_over') = (NEW.adopted_by_id IS NULL))
        OR (NEW.adopted_by_id IS NOT NULL AND (
            EXISTS (SELECT 1 FROM indicators_edition e
                    WHERE e.id = NEW.edition_id AND e.proposed_by_id = NEW.adopted_by_id)
            OR EXISTS (SELECT 1 FROM indicators_editionentry entry
                       JOIN indicators_measurement m ON m.id = entry.measurement_id
                       WHERE entry.edition_id = NEW.edition_id
                         AND (m.recorded_by_id IS NULL OR m.recorded_by_id = NEW.adopted_by_id))
            OR EXISTS (SELECT 1 FROM indicators_editionentry entry
                       JOIN indicators_programmeline l ON l.id = entry.line_id
                       WHERE entry.edition_id = NEW.edition_id AND l.recorded_by_id = NEW.adopted_by_id)))))
    OR (NEW.correction_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM indicators_correction c JOIN indicators_decision d ON d.id = c.corrected_id
        WHERE c.id = NEW.correction_id AND d.kadernota_id = NEW.kadernota_id
          AND c.proposed_by_id <> NEW.adopted_by_id))"""
# An indicator stands under a topic of its own version that may have indicators; a component measures a series of its
# own kadernota, once in a version.
INVALID_INDICATOR = """
    NOT EXISTS (SELECT 1 FROM priorities_priority p
                WHERE p.id = NEW.priority_id AND p.version_id = NEW.version_id AND p.kind <> 'theme')"""
INVALID_PRIORITY = """
    NOT EXISTS (SELECT 1 FROM priorities_version v JOIN priorities_topic t ON t.kadernota_id = v.kadernota_id
                WHERE v.id = NEW.version_id AND t.id = NEW.topic_id)
    OR (NEW.kind = 'theme' AND EXISTS (SELECT 1 FROM indicators_indicator i WHERE i.priority_id = NEW.id))"""
INVALID_COMPONENT = """
    NOT EXISTS (SELECT 1 FROM indicators_indicator i JOIN priorities_version v ON v.id = i.version_id
                JOIN indicators_series s ON s.kadernota_id = v.kadernota_id
                WHERE i.id = NEW.indicator_id AND s.id = NEW.series_id)
    OR EXISTS (SELECT 1 FROM indicators_component c JOIN indicators_indicator i ON i.id = c.indicator_id
               JOIN indicators_indicator own ON own.version_id = i.version_id
               WHERE own.id = NEW.indicator_id AND c.series_id = NEW.series_id AND c.id <> NEW.id)"""
INVALID_SEALED = "EXISTS (SELECT 1 FROM indicators_manifest m WHERE m.decision_id = NEW.decision_id)"

INSERTS = [
    ("indicators_measurement", INVALID_MEASUREMENT, ""),
    ("indicators_programmeline", INVALID_LINE, ""),
    ("indicators_edition", INVALID_EDITION, ""),
    ("indicators_editionentry", INVALID_ENTRY, "indicators_edition WHERE id = NEW.edition_id FOR KEY SHARE"),
    ("indicators_sealeddocument", INVALID_SEALED, "indicators_decision WHERE id = NEW.decision_id FOR KEY SHARE"),
    ("indicators_indicator", INVALID_INDICATOR, ""),
    ("priorities_priority", INVALID_PRIORITY, ""),
    ("indicators_component", INVALID_COMPONENT, ""),
]
# Unique keys with a condition, by table: the rest follows from the models.
CONDITIONAL_KEYS = {
    "indicators_measurement": ["replaces_id IS NULL", "kadernota_id", "series_id", "area_id", "year"],
    "indicators_area": ["is_whole", "kadernota_id"],
    "priorities_priority": ["kind = 'vth'", "version_id"],
}


def guards() -> Iterator[Guard]:
    """Yield the guards that both engines have."""
    for table in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            yield Guard(
                table=table,
                event=event,
                name=event.lower(),
                condition="",
                message=f"{table} is never changed, only added to",
            )
    for table, path in UNDER_VERSION.items():
        yield from _under_version(table, path)
    for table, condition in IDENTITIES.items():
        for event in ("UPDATE", "DELETE"):
            yield Guard(
                table=table, event=event, name=event.lower(), condition=condition, message=f"{table}: this row is fixed"
            )
    yield _refuse("priorities_organisation", "UPDATE", "update", ORGANISATION)
    yield _refuse("indicators_proposal", "UPDATE", "offered", OFFERED_CHANGES)
    yield _refuse("indicators_proposal", "DELETE", "offered_delete", "OLD.state = 'offered'")
    yield _refuse("indicators_versionedit", "UPDATE", "update", "")
    yield _refuse("indicators_versionedit", "DELETE", "delete", EDIT_FIXED)
    yield _refuse("indicators_versionedit", "INSERT", "closed", VERSION_CLOSED.format(version="NEW.version_id"))
    for table, condition, lock in INSERTS:
        yield _refuse(table, "INSERT", "insert", condition, lock)
        if table in UNDER_VERSION:
            yield _refuse(table, "UPDATE", "place", condition, lock)
    yield _refuse("indicators_decision", "INSERT", "insert", INVALID_DECISION)


def _refuse(table: str, event: str, name: str, condition: str, lock: str = "") -> Guard:
    return Guard(
        table=table,
        event=event,
        name=name,
        condition=condition,
        message=f"{table}: this row does not belong there",
        lock=lock,
    )


def _under_version(table: str, path: str) -> Iterator[Guard]:
    """Yield the guards of a table that hangs under a version. A row never moves to another version."""
    new, old = path.format(row="NEW"), path.format(row="OLD")
    message = f"{table}: this version is offered or decided"
    for event, version in (("INSERT", new), ("UPDATE", old), ("DELETE", old)):
        condition = VERSION_CLOSED.format(version=version)
        if event == "UPDATE":
            condition = f"NEW.id <> OLD.id OR {new} <> {old} OR {condition}"
        if (table, event) != ("priorities_version", "INSERT"):
            yield Guard(
                table=table,
                event=event,
                name=f"closed_{event.lower()}",
                condition=condition,
                message=message,
                lock=f"priorities_version WHERE id = {version} FOR KEY SHARE",
            )


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger anew. The database must have all tables."""
    drop_triggers(connection)
    statements = _sqlite_statements() if connection.vendor == "sqlite" else _postgresql_statements()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: only for a migration, or for the flush after a test."""
    with connection.cursor() as cursor:
        for name, table in _triggers(connection, enabled="true"):  # a disabled one too, else it cannot be created
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


def existing_triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Return the guards in the database that are enabled, as pairs of name and table."""
    return _triggers(connection, enabled="tgenabled IN ('O', 'A')")


def _triggers(connection: BaseDatabaseWrapper, *, enabled: str) -> list[tuple[str, str]]:
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        query = (
            f"SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND {enabled} ORDER BY 1"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [(name, table) for name, table in cursor.fetchall() if name.startswith(f"{PREFIX}_")]


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that the database lacks, or has disabled or changed."""
    if connection.vendor == "sqlite":
        wanted = {guard.trigger: _sqlite_statement(guard) for guard in [*guards(), *_sqlite_replacements()]}
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            existing = dict(cursor.fetchall())
        return sorted(name for name, sql in wanted.items() if existing.get(name) != sql)
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL_TRIGGERS, [f"{PREFIX}\\_%"])
        definitions = {name: tuple(definition) for name, *definition in cursor.fetchall()}
    return sorted(
        guard.trigger
        for guard in [*guards(), *_truncations()]
        if definitions.get(guard.trigger) != (guard.table, _event_bits(guard), _function(guard), _body(guard), True)
    )


# Of each trigger that is enabled, without a condition or columns of its own: its table, events, function and its body.
POSTGRESQL_TRIGGERS = """
    SELECT t.tgname, c.relname, t.tgtype, f.proname, f.prosrc, f.prosecdef
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr = ''
      AND t.tgname LIKE %s"""
BEFORE, FOR_EACH_ROW = 2, 1
EVENT_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}


def _event_bits(guard: Guard) -> int:
    """Return what `pg_trigger.tgtype` is for a guard."""
    return BEFORE + EVENT_BITS[guard.event] + (0 if guard.event == "TRUNCATE" else FOR_EACH_ROW)


def _function(guard: Guard) -> str:
    return f"{guard.trigger}_check"


def _sqlite_statements() -> list[str]:
    return [_sqlite_statement(guard) for guard in [*guards(), *_sqlite_replacements()]]


def _sqlite_statement(guard: Guard) -> str:
    when = f"WHEN {guard.condition} " if guard.condition else ""
    return (
        f"CREATE TRIGGER {guard.trigger} BEFORE {guard.event} ON {guard.table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _sqlite_replacements() -> Iterator[Guard]:
    """Yield the guards against INSERT OR REPLACE, which on SQLite deletes the row with the same key.

    Without `recursive_triggers`, a setting of the connection, no delete trigger fires then. So a row with a key of an
    existing row is refused before it is inserted.
    """
    for table in (*APPEND_ONLY, *UNDER_VERSION, *IDENTITIES, "priorities_organisation", "indicators_versionedit"):
        keys = " OR ".join(f"({key})" for key in _unique_keys(table))
        yield Guard(
            table=table,
            event="INSERT",
            name="replace",
            condition=f"EXISTS (SELECT 1 FROM {table} existing WHERE {keys})",
            message=f"{table}: such a row is there",
        )


def _unique_keys(table: str) -> list[str]:
    """Return SQL that is true when NEW has the primary key or another unique key of the row `existing`."""
    model: type[Model] = next(model for model in apps.get_models() if model._meta.db_table == table)
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    keys = [[field.column] for field in model._meta.concrete_fields if field.unique]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            keys.append([columns[name] for name in constraint.fields])
    conditions = [" AND ".join(f'existing."{column}" = NEW."{column}"' for column in key) for key in keys]
    if table in CONDITIONAL_KEYS:
        condition, *key = CONDITIONAL_KEYS[table]
        same = " AND ".join(f"existing.{column} = NEW.{column}" for column in key)
        conditions.append(f"existing.{condition} AND NEW.{condition} AND {same}")
    return conditions


def _truncations() -> Iterator[Guard]:
    for table in (*APPEND_ONLY, *UNDER_VERSION, *IDENTITIES, "priorities_organisation", "indicators_versionedit"):
        yield _refuse(table, "TRUNCATE", "truncate", "")


def _body(guard: Guard) -> str:
    lock = f"PERFORM 1 FROM {guard.lock}; " if guard.lock else ""
    if guard.trigger == f"{PREFIX}_indicators_decision_insert":
        lock = (
            "PERFORM 1 FROM priorities_version WHERE id = NEW.version_id FOR UPDATE; "
            "PERFORM 1 FROM indicators_edition WHERE id = NEW.edition_id FOR UPDATE; "
        )
    refuse = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; "
    check = f"IF {guard.condition} THEN {refuse}END IF; " if guard.condition else refuse
    answer = "OLD" if guard.event == "DELETE" else "NEW"
    return f"BEGIN {lock}{check}RETURN {answer}; END"


def _postgresql_statements() -> list[str]:
    statements = []
    for guard in [*guards(), *_truncations()]:
        level = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
        statements += [
            f"CREATE OR REPLACE FUNCTION {_function(guard)}() RETURNS trigger AS $${_body(guard)}$$ LANGUAGE plpgsql "
            # Joins in the order of the condition, from the new row on and by key: with the statistics of small or new
            # tables the planner would at times start at the other end and scan them all for each row.
            "SECURITY DEFINER SET search_path FROM CURRENT SET join_collapse_limit = 1 SET enable_seqscan = off",
            f"CREATE TRIGGER {guard.trigger} BEFORE {guard.event} ON {guard.table} "
            f"FOR EACH {level} EXECUTE FUNCTION {_function(guard)}()",
        ]
    return statements

"""The two roles of a PostgreSQL database: one that owns the tables, and one for the application.

The application may not update or delete what never changes, nor touch a trigger. Migrations run as the owner.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from indicators.models.guards import APPEND_ONLY

# What the application may do with a table; with all others everything but truncating.
ADDED_ONLY = "SELECT, INSERT"
RIGHTS = {
    **dict.fromkeys(APPEND_ONLY, ADDED_ONLY),
    "indicators_versionedit": "SELECT, INSERT, DELETE",
    "django_migrations": "SELECT",
}
ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"


def role_statements(connection: BaseDatabaseWrapper, *, owner: str, application: str) -> list[str]:
    """Return the SQL that makes both roles and gives them their rights. A second run changes nothing.

    The user that runs it may create roles and owns the tables now. Neither role gets a password.
    """
    quote = connection.ops.quote_name
    own, app = quote(owner), quote(application)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [owner, application])
        existing = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = (quote(name) for name in cursor.fetchone())
        tables = sorted(connection.introspection.table_names(cursor))
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1")
        sequences = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = current_schema() AND p.proname LIKE 'guard%' ORDER BY 1"
        )
        functions = [name for (name,) in cursor.fetchall()]
    statements = [f"CREATE ROLE {quote(role)} LOGIN" for role in (owner, application) if role not in existing]
    statements += [
        f"GRANT {own} TO CURRENT_USER",
        f"GRANT CONNECT ON DATABASE {database} TO {own}, {app}",
        f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {own}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {app}",
    ]
    for table in tables:
        statements += [
            f"ALTER TABLE {quote(table)} OWNER TO {own}",
            f"REVOKE ALL ON TABLE {quote(table)} FROM PUBLIC, {app}",
            f"GRANT {RIGHTS.get(table, ALL_RIGHTS)} ON TABLE {quote(table)} TO {app}",
        ]
    statements += [f"GRANT USAGE, SELECT ON SEQUENCE {quote(name)} TO {app}" for name in sequences]
    statements += [f"ALTER FUNCTION {name} OWNER TO {own}" for name in functions]
    # Tables of later migrations: run the command again for rows that never change.
    statements += [
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {own} IN SCHEMA {schema} GRANT {ADDED_ONLY} ON TABLES TO {app}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {own} IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ]
    return statements

"""Make the owner role and the application role of a PostgreSQL database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from indicators.models.roles import role_statements


class Command(BaseCommand):
    """`manage.py database_roles [--owner NAME] [--application NAME] [--sql]`."""

    help = (
        "Maak in PostgreSQL twee rollen: een eigenaar voor migraties, en een rol voor de monitor zelf, die niets kan "
        "wijzigen van wat is vastgesteld. Nogmaals uitvoeren kan altijd, en hoort na elke migratie."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--owner", default="monitor_eigenaar", metavar="NAAM")
        parser.add_argument("--application", default="monitor", metavar="NAAM")
        parser.add_argument("--sql", action="store_true", help="Toon alleen de SQL; voer niets uit.")

    def handle(self, *, owner: str, application: str, sql: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Rollen zijn er alleen in PostgreSQL; deze database is SQLite.", returncode=2)
        if owner == application:
            raise CommandError("De eigenaar en de monitor zijn twee rollen, met elk een eigen naam.", returncode=2)
        statements = role_statements(connection, owner=owner, application=application)
        if sql:
            self.stdout.write(";\n".join(statements) + ";")
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        except DatabaseError as error:
            raise CommandError(
                f"De database weigerde: {str(error).strip()} Voer dit uit als een gebruiker die rollen mag maken en "
                "de tabellen bezit."
            ) from error
        self.stdout.write(
            f"Gereed. Migreer voortaan als ‘{owner}’, en laat de monitor draaien als ‘{application}’ (DATABASE_URL). "
            "Geef beide een wachtwoord met ALTER ROLE … PASSWORD, of laat ze binnen op een andere manier."
        )

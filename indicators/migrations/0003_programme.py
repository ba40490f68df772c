"""The lines of the annual programme, and the editions that hold them."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_groups"),
        ("priorities", "0002_kinds_and_finances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EditionLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "vastgestelde regel",
                "verbose_name_plural": "vastgestelde regels",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LineSentBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reden")),
                ("sent_at", models.DateTimeField(verbose_name="teruggestuurd op")),
            ],
            options={
                "verbose_name": "teruggestuurde regel",
                "verbose_name_plural": "teruggestuurde regels",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ProgrammeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("activity", "activiteit"), ("finance", "financiën")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="jaar")),
                ("effort", models.CharField(blank=True, max_length=500, verbose_name="wij zetten in op")),
                ("title", models.CharField(max_length=300, verbose_name="wat")),
                ("partners", models.CharField(blank=True, max_length=500, verbose_name="met wie")),
                ("planned", models.CharField(blank=True, max_length=100, verbose_name="wanneer")),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gepland", "Gepland"),
                            ("loopt", "Loopt"),
                            ("afgerond", "Afgerond"),
                            ("vertraagd", "Vertraagd"),
                            ("vervallen", "Vervallen"),
                        ],
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("result", models.TextField(blank=True, verbose_name="resultaat of toelichting")),
                (
                    "budget",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="begroot"),
                ),
                (
                    "spent",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="besteed"),
                ),
                ("withdrawn", models.BooleanField(default=False, verbose_name="ingetrokken")),
                ("recorded_at", models.DateTimeField(verbose_name="vastgelegd op")),
            ],
            options={
                "verbose_name": "regel van het programma",
                "verbose_name_plural": "regels van het programma",
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="edition",
            name="edition_holds_something",
        ),
        migrations.AddField(
            model_name="edition",
            name="line_count",
            field=models.PositiveIntegerField(default=0, verbose_name="aantal regels van het programma"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 1), ("line_count__gte", 1), _connector="OR"),
                name="edition_holds_something",
            ),
        ),
        migrations.AddField(
            model_name="editionline",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="indicators.edition"
            ),
        ),
        migrations.AddField(
            model_name="linesentback",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="programmeline",
            name="priority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="priorities.priority",
                verbose_name="onderdeel van de nota",
            ),
        ),
        migrations.AddField(
            model_name="programmeline",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="programmeline",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="indicators.programmeline",
            ),
        ),
        migrations.AddField(
            model_name="linesentback",
            name="line",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="sent_back", to="indicators.programmeline"
            ),
        ),
        migrations.AddField(
            model_name="editionline",
            name="line",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="entry", to="indicators.programmeline"
            ),
        ),
        migrations.AddIndex(
            model_name="programmeline",
            index=models.Index(fields=["priority", "year"], name="line_of"),
        ),
        migrations.AddConstraint(
            model_name="programmeline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "activity"), ("state__in", ["gepland", "loopt", "afgerond", "vertraagd", "vervallen"])
                    ),
                    models.Q(("kind", "finance"), ("state", "")),
                    _connector="OR",
                ),
                name="line_state_fits_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeline",
            constraint=models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="line_titled"),
        ),
        migrations.AddConstraint(
            model_name="programmeline",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1900), ("year__lte", 2100)), name="line_year_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("budget__isnull", True),
                        models.Q(("budget__gte", 0), ("budget__lt", Decimal("1000000000000"))),
                        _connector="OR",
                    ),
                    models.Q(
                        ("spent__isnull", True),
                        models.Q(("spent__gte", 0), ("spent__lt", Decimal("1000000000000"))),
                        _connector="OR",
                    ),
                ),
                name="line_amounts_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effort__length__lte", 500),
                    ("partners__length__lte", 500),
                    ("planned__length__lte", 100),
                    ("result__length__lte", 2000),
                    ("title__length__lte", 300),
                ),
                name="line_texts_short",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmeline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn", False),
                    models.Q(("replaces__isnull", False), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="line_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="linesentback",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="line_sent_back_with_reason"
            ),
        ),
    ]

"""What a part of a kadernota is: a priority, another theme or the cycle of permits; what the nota says of money."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("priorities", "0001_kadernota_and_priorities"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="priority",
            options={
                "ordering": ["kadernota", "kind", "number"],
                "verbose_name": "prioriteit of thema",
                "verbose_name_plural": "prioriteiten en thema's",
            },
        ),
        migrations.RemoveConstraint(
            model_name="priority",
            name="priority_number_unique",
        ),
        migrations.AddField(
            model_name="kadernota",
            name="finances",
            field=models.TextField(
                blank=True, help_text="Wat de nota in het geheel zegt over geld.", verbose_name="financiën"
            ),
        ),
        migrations.AddField(
            model_name="priority",
            name="kind",
            field=models.CharField(
                choices=[
                    ("priority", "prioriteit"),
                    ("theme", "overig veiligheidsthema"),
                    ("vth", "vergunningen, toezicht en handhaving"),
                ],
                default="priority",
                max_length=10,
                verbose_name="soort",
            ),
        ),
        migrations.AlterField(
            model_name="priority",
            name="goal",
            field=models.TextField(
                blank=True, help_text="Verplicht bij een prioriteit.", verbose_name="doel in één zin"
            ),
        ),
        migrations.AddConstraint(
            model_name="priority",
            constraint=models.UniqueConstraint(fields=("kadernota", "kind", "number"), name="priority_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="priority",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "vth")), fields=("kadernota",), name="priority_one_vth"
            ),
        ),
        migrations.AddConstraint(
            model_name="priority",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["priority", "theme", "vth"])), name="priority_kind_known"
            ),
        ),
    ]

"""A token for each table of which the public sees something; the triggers are made after every migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_reading_alternative")]
    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("name", models.CharField(max_length=63, primary_key=True, serialize=False, verbose_name="tabel")),
                ("token", models.CharField(max_length=36, verbose_name="merk")),
            ],
            options={
                "verbose_name": "merk van een tabel",
                "verbose_name_plural": "merken van tabellen",
                "default_permissions": (),
            },
        ),
    ]

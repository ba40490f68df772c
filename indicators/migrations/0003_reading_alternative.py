"""What changes in the reckoning when an unclear place in the nota is read the other way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_groups")]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="alternative",
            field=models.JSONField(
                blank=True,
                editable=False,
                help_text="Zie indicators/readings.py.",
                null=True,
                verbose_name="andere lezing om mee te rekenen",
            ),
        ),
    ]

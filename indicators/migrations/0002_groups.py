"""The three groups of people, with what each may do."""

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "beleidsmedewerker": ["indicators.add_measurement", "indicators.export_drafts", "indicators.view_measurement"],
    "vaststeller": ["indicators.adopt", "indicators.export_drafts", "indicators.view_measurement"],
    "beheerder": ["priorities.prepare_version", "indicators.view_auditevent"],
}


def make_groups(apps, schema_editor):
    """Make the groups. Permissions come after migrations as a rule, so those needed here are made first."""
    for label in ("priorities", "indicators", "auth", "contenttypes"):
        create_permissions(installed_apps.get_app_config(label), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        for right in rights:
            app, codename = right.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_start"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]

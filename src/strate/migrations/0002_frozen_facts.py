"""The database itself refuses to change or delete a fact."""

from django.db import migrations

from strate.workshop.journal import guard


def freeze(apps, schema_editor):
    for sql in guard.freeze_sql(schema_editor.connection.vendor):
        schema_editor.execute(sql)


def thaw(apps, schema_editor):
    for sql in guard.thaw_sql(schema_editor.connection.vendor):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("strate", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]

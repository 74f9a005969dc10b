"""Facets of an entry in one place, beginnings in an ordered index of PostgreSQL, and its vectors as they are read fastest."""

import django.db.models.deletion
from django.db import migrations, models

_FACETS = (
    "UPDATE search_entry SET facets = COALESCE((SELECT {joined} FROM search_facetvalue v"
    " WHERE v.entry_id = search_entry.id), '')"
)
FORWARD = {
    "sqlite": (_FACETS.format(joined="group_concat(v.field || '=' || v.value, char(31))"),),
    "postgresql": (
        # To unpack them took longer than to rank; those written before stay packed until they are written again.
        "ALTER TABLE search_entry ALTER COLUMN vector SET STORAGE EXTERNAL",
        # Always true: what it says is its cost, that of looking into a vector. PostgreSQL sees only how small the table is
        # beside its vectors, and read all of them for a rare word.
        "CREATE FUNCTION search_unpacked(vector tsvector) RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100"
        " AS 'BEGIN RETURN TRUE; END'",
        # Otherwise every question reads what was written last, row by row, up to 4 MB of it.
        "ALTER INDEX search_entry_vector SET (fastupdate = off)",
        _FACETS.format(joined="string_agg(v.field || '=' || v.value, chr(31))"),
        # By bytes, whatever the collation of the database.
        'CREATE INDEX search_beginning_key ON search_beginning ((key COLLATE "C"))',
        "INSERT INTO search_beginning (entry_id, object_id, key)"
        " SELECT e.id, e.object_id, e.kind || k FROM search_entry e, unnest(tsvector_to_array(e.vector)) AS k"
        " WHERE k LIKE '^%.%'",
        # What was written before; it reads the pages that the index has put off.
        "SELECT gin_clean_pending_list('search_entry_vector')",
    ),
}
BACKWARD = {
    "postgresql": (
        "ALTER TABLE search_entry ALTER COLUMN vector SET STORAGE EXTENDED",
        "ALTER INDEX search_entry_vector RESET (fastupdate)",
        "DROP FUNCTION search_unpacked(tsvector)",
    ),
}


def run(statements, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in statements.get(schema_editor.connection.vendor, ()):
            cursor.execute(statement)


def forward(apps, schema_editor):
    run(FORWARD, schema_editor)


def backward(apps, schema_editor):
    run(BACKWARD, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0013_english_families")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="facets",
            field=models.TextField(
                blank=True,
                default="",
                help_text="its values again, field=value between unit separators: to be counted together",
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Beginning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.CharField(max_length=50)),
                (
                    "key",
                    models.CharField(
                        help_text="the entry's kind, and the key as in its document", max_length=200
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="search.entry"
                    ),
                ),
            ],
        ),
        migrations.RunPython(forward, backward, elidable=False),
    ]

"""What the engines match on, which models cannot name: FTS5 on SQLite, a vector under GIN on PostgreSQL."""

from django.db import migrations

FORWARD = {
    "sqlite": (
        # The tokenizer only splits at spaces: the keys were made in Python.
        "CREATE VIRTUAL TABLE search_fts USING fts5(a, b, c, d, x, tokenize=\"ascii tokenchars '=+.^_-'\")",
        "CREATE VIRTUAL TABLE search_terms USING fts5vocab('search_fts', 'instance')",
    ),
    "postgresql": (
        "ALTER TABLE search_entry ADD COLUMN vector tsvector NOT NULL DEFAULT ''::tsvector",
        "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
    ),
}
BACKWARD = {
    "sqlite": ("DROP TABLE search_terms", "DROP TABLE search_fts"),
    "postgresql": ("DROP INDEX search_entry_vector", "ALTER TABLE search_entry DROP COLUMN vector"),
}


def forward(apps, schema_editor):
    for statement in FORWARD.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for statement in BACKWARD.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forward, backward, elidable=False)]

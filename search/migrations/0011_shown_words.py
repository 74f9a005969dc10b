from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0010_scopes")]

    operations = [
        migrations.RemoveConstraint(model_name="word", name="one_word_a_kind"),
        migrations.AddField(
            model_name="word",
            name="shown",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        # Words that only hidden documents hold leave with the next update_index, or when one of their documents is written.
        migrations.RunSQL(
            "INSERT INTO search_word (kind, shown, word) SELECT kind, TRUE, word FROM search_word",
            "DELETE FROM search_word WHERE shown",
        ),
        migrations.AddConstraint(
            model_name="word",
            constraint=models.UniqueConstraint(
                fields=("kind", "shown", "word"), name="one_word_a_vocabulary"
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(fields=["kind", "shown", "id"], name="last_word_of_a_vocabulary"),
        ),
    ]

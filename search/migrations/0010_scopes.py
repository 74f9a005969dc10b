from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0009_more_words")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="scopes",
            field=models.CharField(
                blank=True,
                default="",
                help_text="names of the reading rules it passes, each between spaces; empty: not known",
                max_length=500,
            ),
            preserve_default=False,
        ),
    ]

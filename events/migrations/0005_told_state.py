"""What each person knows of the decision on them; so far everybody was told at once."""

from django.db import migrations, models
from django.db.models import F


def begin(apps, schema_editor):
    apps.get_model("events", "Registration").objects.update(told_state=F("state"))


class Migration(migrations.Migration):
    dependencies = [("events", "0004_archive_and_sessions")]
    operations = [
        migrations.AddField(
            model_name="registration",
            name="told_state",
            field=models.CharField(
                choices=[
                    ("applied", "oczekuje na decyzję"),
                    ("offered", "miejsce do potwierdzenia"),
                    ("confirmed", "ma miejsce"),
                    ("waiting", "na liście rezerwowej"),
                    ("rejected", "bez miejsca"),
                    ("withdrawn", "rezygnacja"),
                    ("lapsed", "nie potwierdzono w terminie"),
                ],
                default="applied",
                editable=False,
                max_length=10,
                verbose_name="co osoba wie",
            ),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]

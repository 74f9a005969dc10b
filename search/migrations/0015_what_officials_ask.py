"""What officials of small towns ask for; what editors have changed or deleted stays as it is."""

import importlib

from django.db import migrations

begin = importlib.import_module("search.migrations.0006_first_words").begin


class Migration(migrations.Migration):
    dependencies = [("search", "0014_quicker_database")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]

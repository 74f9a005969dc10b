"""More of what people say for what profiles hold; what editors have changed or deleted stays as it is."""

import importlib

from django.db import migrations

begin = importlib.import_module("search.migrations.0006_first_words").begin


class Migration(migrations.Migration):
    dependencies = [("search", "0011_shown_words")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]

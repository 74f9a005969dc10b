"""More of what people say, in English above all; what editors have changed or deleted stays as it is."""

import importlib

from django.db import migrations

begin = importlib.import_module("search.migrations.0006_first_words").begin


class Migration(migrations.Migration):
    dependencies = [("search", "0012_words_of_the_field")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "przestrzen"
    verbose_name = "Przestrzeń Praktyków Partycypacji"

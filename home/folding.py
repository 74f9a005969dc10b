"""A long vocabulary in a form."""

from django import forms


class FoldedChoices(forms.CheckboxSelectMultiple):
    """What is chosen stands in sight; the rest unfolds, with a field that finds (js/facets.js). See components/field.html."""

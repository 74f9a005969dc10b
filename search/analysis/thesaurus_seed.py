"""The built-in groups of the thesaurus (its form: see `thesaurus`)."""

GROUPS = """
BO = budżet obywatelski = budżet partycypacyjny
NGO = organizacja pozarządowa = trzeci sektor
niesłyszący = głusi
"""

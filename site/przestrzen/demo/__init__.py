"""The demonstration: invented people and meetings, real methods, places and law.

The content is TOML under `pl/` and `en/`, written by hand; items refer to each other by slug, by the id of a person,
by the TERYT code of a municipality and by the Polish name of a term.
"""

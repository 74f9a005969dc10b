"""Readers hear of new people: a question to the base, kept with an e-mail address that was confirmed."""

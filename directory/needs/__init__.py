"""A reader describes their situation in a paragraph and is shown whom to ask, and why. The text is kept nowhere: it comes by
POST, stands in no address and no log, and is no question of the query log.
"""

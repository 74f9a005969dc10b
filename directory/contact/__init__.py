"""Readers write to people in the base through the site, so that neither sees the other's address here.

challenge: the work that a browser does before it sends; limits: how much anybody may send; sending: what is done with a
message; refusing: who wants none; letters: the mails; retention: what is forgotten when.
"""

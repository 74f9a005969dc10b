"""People sign up for the base by themselves. See docs/joining.md.

steps: the form and its order; drafts: what is kept while it is filled in; answers: a person out of what was typed;
confirming: sending, and the link that confirms the address; moderation: what the staff decide; duplicates: who may be
in the base already; letters: the mails; retention: what is forgotten when; staff: the admin's pages.
"""

"""Registrations in the admin: the staff's lists, the selection screen, the panel on the first page."""

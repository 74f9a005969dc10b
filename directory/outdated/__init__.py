"""Readers say what is no longer true of a profile; the staff look into it. Whoever reports stays unknown unless they leave an
address, which is kept until the report is settled.
"""

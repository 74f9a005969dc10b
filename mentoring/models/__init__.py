from .offers import MentoringOffer
from .pages import MentoringDate, MentoringEditionPage, MentoringIndexPage

__all__ = ["MentoringDate", "MentoringEditionPage", "MentoringIndexPage", "MentoringOffer"]

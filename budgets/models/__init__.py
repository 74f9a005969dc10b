from .pages import BudgetEditionPage, BudgetIndexPage, BudgetPot, BudgetStage
from .projects import BudgetProject

__all__ = ["BudgetEditionPage", "BudgetIndexPage", "BudgetPot", "BudgetProject", "BudgetStage"]

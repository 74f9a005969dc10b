from .articles import ArticleIndexPage, ArticlePage, Series
from .cases import CaseIndexPage, CasePage

__all__ = ["ArticleIndexPage", "ArticlePage", "CaseIndexPage", "CasePage", "Series"]

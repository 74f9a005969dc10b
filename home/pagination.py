"""Which page numbers a list shows, and their addresses."""

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class PagerLink:
    """A page of a list; number 0 is a gap."""

    number: int
    url: str = ""
    current: bool = False


def pager_links(
    number: int, total: int, path: str, query: QueryDict, parameter: str = "strona"
) -> list[PagerLink]:
    """The first, the last and the neighbours of page `number` of `total`, with gaps between; none for one page.

    The rest of the query is kept; page 1 has no number in its address.
    """
    if total < 2:
        return []
    shown = sorted({1, total, *range(max(1, number - 1), min(total, number + 1) + 1)})
    links: list[PagerLink] = []
    last = 0
    for page in shown:
        if page - last == 2:
            links.append(PagerLink(last + 1, _address(last + 1, path, query, parameter)))
        elif page - last > 2:
            links.append(PagerLink(0))
        links.append(PagerLink(page, _address(page, path, query, parameter), page == number))
        last = page
    return links


def _address(page: int, path: str, query: QueryDict, parameter: str) -> str:
    changed = query.copy()
    changed.pop(parameter, None)
    if page > 1:
        changed[parameter] = str(page)
    return f"{path}?{changed.urlencode()}" if changed else path

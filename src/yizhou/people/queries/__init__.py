"""Reads over persons: search, list, the page of one person, the facts that clauses judge."""

from yizhou.people.queries.facts import facts_of, is_veteran, values_of
from yizhou.people.queries.search import Found, search_people

__all__ = ["Found", "facts_of", "is_veteran", "search_people", "values_of"]

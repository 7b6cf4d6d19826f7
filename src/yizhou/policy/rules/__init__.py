"""Pure rules of policy: parse a clause once, judge it for one person, compile the same text to SQL."""

from yizhou.policy.rules.clauses import ClauseError, parse
from yizhou.policy.rules.compile import Columns, all_of, amount_sql, to_sql
from yizhou.policy.rules.judge import (
    Clause,
    Judgement,
    Seen,
    Value,
    Verdict,
    amount_fen,
    judge,
    read_clause,
    show,
    value_of,
)
from yizhou.policy.rules.nodes import Node
from yizhou.policy.rules.standards import Rate, Standard, Standards
from yizhou.policy.rules.vocabulary import CodeTable, Fact, Vocabulary

__all__ = [
    "Clause",
    "ClauseError",
    "CodeTable",
    "Columns",
    "Fact",
    "Judgement",
    "Node",
    "Rate",
    "Seen",
    "Standard",
    "Standards",
    "Value",
    "Verdict",
    "Vocabulary",
    "all_of",
    "amount_fen",
    "amount_sql",
    "judge",
    "parse",
    "read_clause",
    "show",
    "to_sql",
    "value_of",
]

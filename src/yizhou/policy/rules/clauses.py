"""From the text of a clause to a typed tree; what is not on the white list is refused with the reason.

sqlglot reads the text as one PostgreSQL expression. Only boolean logic, comparison, between, in, is null,
arithmetic, dates and the functions below pass; sub-queries, second statements, comments and unknown words do
not. The same tree is then judged for one person and compiled for every database.
"""

from __future__ import annotations

import difflib
from datetime import date
from decimal import Decimal

import sqlglot
from sqlglot import exp

from yizhou.core.facts import FactError
from yizhou.policy.rules.nodes import (
    Among,
    Arithmetic,
    Call,
    Combine,
    Compare,
    Constant,
    IsNull,
    Member,
    Negate,
    Node,
    RateOf,
    Today,
    Use,
)
from yizhou.policy.rules.vocabulary import Vocabulary

MAX_LENGTH = 600
TODAY = "今日"
SETS = {"具有类别": "人员类别", "享受待遇": "享受的待遇"}
# Function → kinds of its arguments and of its result.
FUNCTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "满年": (("date", "date"), "number"),
    "满月": (("date", "date"), "number"),
    "天数": (("date", "date"), "number"),
    "年": (("date",), "number"),
    "进位年": (("number",), "number"),
    "实年": (("number",), "number"),
    "半年进位": (("number",), "number"),
}
_COMPARE: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_KIND_NAMES = {"text": "文字", "date": "日期", "number": "数", "money": "金额", "bool": "是否"}


class ClauseError(ValueError):
    """A clause that cannot be used; ``str()`` says in Chinese what and how to mend it."""

    def __init__(self, text: str, reason: str, remedy: str = "") -> None:
        self.text, self.reason, self.remedy = text, reason, remedy
        super().__init__(f"条件“{text}”：{reason}。{remedy + '。' if remedy else ''}")


def parse(text: str, vocabulary: Vocabulary, *, wanted: str = "bool") -> Node:
    """The tree of one expression whose kind must be ``wanted`` (``bool``, ``money``, ``number``, ``date``).

    Raises :class:`ClauseError`.
    """
    node = _Reader(text, vocabulary, ()).read()
    if node.kind != wanted:
        raise ClauseError(text, f"结果应为{_KIND_NAMES[wanted]}，现为{_kind_name(node.kind)}")
    return node


def _kind_name(kind: str) -> str:
    return _KIND_NAMES.get(kind, "代码")


class _Reader:
    """Reads one text; ``inside`` are the derived facts being expanded, to notice a circle."""

    def __init__(self, text: str, vocabulary: Vocabulary, inside: tuple[str, ...]) -> None:
        self.text, self.vocabulary, self.inside = text, vocabulary, inside

    def refuse(self, reason: str, remedy: str = "") -> ClauseError:
        return ClauseError(self.text, reason, remedy)

    def read(self) -> Node:
        if len(self.text) > MAX_LENGTH:
            raise self.refuse(f"超过 {MAX_LENGTH} 字", "拆成几条")
        if ";" in self.text or "--" in self.text or "/*" in self.text:
            raise self.refuse("只能写一个条件，不能有分号或注释", "删去分号和注释")
        try:
            tree = sqlglot.parse_one(self.text, read="postgres")
        except sqlglot.errors.SqlglotError as problem:
            raise self.refuse("写法读不懂", "检查括号、引号和 and/or 是否成对") from problem
        return self.node(tree)

    def node(self, tree: exp.Expr) -> Node:
        kind = type(tree)
        if kind in _COMPARE:
            return self.compare(_COMPARE[kind], *self.pair(tree))
        if kind in _ARITHMETIC:
            return self.arithmetic(_ARITHMETIC[kind], *self.pair(tree))
        match tree:
            case exp.Paren():
                return self.node(tree.this)
            case exp.Column() | exp.Identifier():
                return self.use(tree)
            case exp.Anonymous():
                return self.call(tree)
            case _:
                return self.predicate(tree)

    def predicate(self, tree: exp.Expr) -> Node:
        match tree:
            case exp.And() | exp.Or():
                operator = "and" if isinstance(tree, exp.And) else "or"
                return Combine(operator, self.condition(tree.this), self.condition(tree.expression))
            case exp.Not():
                return Negate(self.condition(tree.this))
            case exp.Is():
                return self.is_null(tree)
            case exp.Between():
                return self.between(tree)
            case exp.In():
                return self.among(tree)
            case _:
                return self.constant(tree)

    def pair(self, tree: exp.Expr) -> tuple[Node, Node]:
        return self.node(tree.this), self.node(tree.expression)

    def condition(self, tree: exp.Expr) -> Node:
        node = self.node(tree)
        if node.kind != "bool":
            raise self.refuse(f"“{tree.sql('postgres')}”不是可以判断真假的条件", "加上比较，如 >= 60")
        return node

    def constant(self, tree: exp.Expr) -> Node:
        match tree:
            case exp.Literal() if tree.is_string:
                return Constant("text", str(tree.this))
            case exp.Literal():
                return Constant("number", Decimal(str(tree.this)))
            case exp.Boolean():
                return Constant("bool", bool(tree.this))
            case exp.Neg():
                return self.arithmetic("-", Constant("number", Decimal(0)), self.node(tree.this))
            case exp.Cast() if tree.to.is_type("date") and isinstance(tree.this, exp.Literal):
                try:
                    return Constant("date", date.fromisoformat(str(tree.this.this)))
                except ValueError as problem:
                    raise self.refuse(f"“{tree.this.this}”不是日期", "写成 date '2011-10-31'") from problem
            case _:
                raise self.refuse(
                    f"“{tree.sql('postgres')}”不允许出现在条件里",
                    "只用比较、in、between、and、or、not、加减乘除",
                )

    def use(self, tree: exp.Expr) -> Node:
        if isinstance(tree, exp.Column) and tree.args.get("table"):
            raise self.refuse(f"“{tree.sql('postgres')}”不能带表名", "直接写事实的名称")
        name = tree.name
        if name == TODAY:
            return Today()
        fact = self.vocabulary.facts.get(name)
        if fact is None:
            near = difflib.get_close_matches(name, self.vocabulary.facts, 1, 0.5)
            raise self.refuse(f"没有“{name}”这个事实", f"是否指“{near[0]}”" if near else "见事实词表")
        if not fact.clause:
            raise self.refuse(f"“{name}”只用于填表，不能作条件")
        if fact.kind.startswith("set:"):
            raise self.refuse(f"“{name}”有多个值，不能直接比较", "用 具有类别('…') 或 享受待遇('…')")
        if not fact.formula:
            labels = self.vocabulary.codes[fact.table].labels if fact.table else {}
            return Use(_value_kind(fact.kind), fact, labels=labels)
        if name in self.inside:
            raise FactError("vocabulary.toml", "推出的词互相套用，成了圈", key=name, remedy="改 formula")
        formula = _Reader(fact.formula, self.vocabulary, (*self.inside, name)).read()
        if formula.kind != fact.kind:
            raise FactError("vocabulary.toml", f"formula 的结果不是{_kind_name(fact.kind)}", key=name)
        return Use(fact.kind, fact, formula)

    def compare(self, operator: str, left: Node, right: Node) -> Node:
        left, right = self.alike(left, right), self.alike(right, left)
        if left.kind != right.kind:
            kinds = f"{_kind_name(left.kind)}与{_kind_name(right.kind)}"
            raise self.refuse(f"{kinds}不能比较", "日期写 date '2011-10-31'，文字加单引号")
        if operator not in ("=", "<>") and (left.kind in ("bool", "text") or left.kind.startswith("code:")):
            raise self.refuse(f"{_kind_name(left.kind)}不能比大小", "用 = 或 in (…)")
        return Compare(operator, left, right)

    def alike(self, node: Node, other: Node) -> Node:
        """A literal read the way the other side needs it: 元 as 分, a label as its code or level."""
        if not isinstance(node, Constant):
            return node
        if node.kind == "number" and other.kind == "money":
            return Constant("money", Decimal(str(node.value)) * 100)
        if node.kind == "text" and isinstance(other, Use) and other.fact.table:
            return self.coded(str(node.value), other)
        return node

    def coded(self, word: str, other: Use) -> Constant:
        table = self.vocabulary.codes[other.fact.table]
        code = table.by_word.get(word)
        if code is None:
            raise self.refuse(f"{other.fact.name}里没有“{word}”", f"可写：{'、'.join(table.labels.values())}")
        return Constant(other.kind, code if other.kind.startswith("code:") else Decimal(int(code)))

    def is_null(self, tree: exp.Is) -> Node:
        if not isinstance(tree.expression, exp.Null):
            raise self.refuse("is 后面只能写 null 或 not null")
        node = IsNull(self.node(tree.this))
        return Negate(node) if tree.args.get("negate") else node

    def between(self, tree: exp.Between) -> Node:
        node = self.node(tree.this)
        low, high = self.node(tree.args["low"]), self.node(tree.args["high"])
        return Combine("and", self.compare(">=", node, low), self.compare("<=", node, high))

    def among(self, tree: exp.In) -> Node:
        if tree.args.get("query") is not None or not tree.expressions:
            raise self.refuse("in 后面只能列出具体的值，不能用子查询", "写成 in ('甲', '乙')")
        node = self.node(tree.this)
        choices = tuple(self.alike(self.node(item), node) for item in tree.expressions)
        if not all(isinstance(choice, Constant) and choice.kind == node.kind for choice in choices):
            raise self.refuse("in 里的值与所比的事实不是一类")
        return Among(node, tuple(choice for choice in choices if isinstance(choice, Constant)))

    def arithmetic(self, operator: str, left: Node, right: Node) -> Node:
        if operator in "+-":
            left, right = self.alike(left, right), self.alike(right, left)
        kinds = left.kind, right.kind
        if kinds == ("number", "number"):
            return Arithmetic("number", operator, left, right)
        if operator in "+-" and kinds == ("money", "money"):
            return Arithmetic("money", operator, left, right)
        if (operator in "*/" and kinds == ("money", "number")) or (
            operator == "*" and kinds == ("number", "money")
        ):
            return Arithmetic("money", operator, left, right)
        names = f"{_kind_name(left.kind)}与{_kind_name(right.kind)}"
        raise self.refuse(f"{names}不能用“{operator}”计算", "两个日期之间用 满年、满月 或 天数")

    def call(self, tree: exp.Anonymous) -> Node:
        name, arguments = tree.name, list(tree.expressions)
        if name in SETS:
            return self.member(name, arguments)
        if name == "标准":
            return self.rate(arguments)
        if name not in FUNCTIONS:
            known = "、".join([*FUNCTIONS, *SETS, "标准"])
            raise self.refuse(f"没有“{name}”这个函数", f"可用：{known}")
        wanted, result = FUNCTIONS[name]
        nodes = tuple(self.node(argument) for argument in arguments)
        if tuple(node.kind for node in nodes) != wanted:
            raise self.refuse(f"{name} 的括号里应依次是{'、'.join(_kind_name(kind) for kind in wanted)}")
        return Call(result, name, nodes)

    def words(self, name: str, arguments: list[exp.Expr]) -> list[str]:
        if not arguments or not all(isinstance(a, exp.Literal) and a.is_string for a in arguments):
            raise self.refuse(f"{name} 的括号里应写加单引号的名称")
        return [str(argument.this) for argument in arguments]

    def member(self, name: str, arguments: list[exp.Expr]) -> Node:
        fact = self.vocabulary.facts[SETS[name]]
        table = self.vocabulary.codes[fact.table]
        codes: list[str] = []
        for word in self.words(name, arguments):
            if word in table.groups:
                codes.extend(table.groups[word])
            elif word in table.by_word:
                codes.append(table.by_word[word])
            else:
                raise self.refuse(f"{fact.name}里没有“{word}”", f"见代码表 {fact.table}")
        return Member(fact, tuple(dict.fromkeys(codes)))

    def rate(self, arguments: list[exp.Expr]) -> Node:
        (name,) = self.words("标准", arguments[:1])
        standard = self.vocabulary.standards.by_name.get(name)
        if standard is None:
            near = difflib.get_close_matches(name, self.vocabulary.standards.by_name, 1, 0.4)
            raise self.refuse(f"没有“{name}”这个标准", f"是否指“{near[0]}”" if near else "见 policy 目录")
        if len(arguments) - 1 != len(standard.dimensions):
            wanted = "、".join(standard.dimensions) or "不再写别的"
            raise self.refuse(f"标准“{name}”的名称之后应写：{wanted}")
        nodes = tuple(self.node(argument) for argument in arguments[1:])
        for number, node in enumerate(nodes):
            if isinstance(node, Constant) and node.value not in standard.words(number):
                raise self.refuse(f"标准“{name}”没有“{node.value}”")
            if not isinstance(node, Constant) and not (isinstance(node, Use) and node.fact.table):
                raise self.refuse(f"标准“{name}”的{standard.dimensions[number]}应是代码类的事实或名称")
        return RateOf("money" if standard.is_money else "number", standard, nodes)


def _value_kind(kind: str) -> str:
    """A level (伤残等级) is compared by its number; other kinds are what they are."""
    return "number" if kind.startswith("level:") else kind

"""The language of report sentences, and that every sentence of the facts is written in it."""

import pytest

from yizhou.indicators.facts import facts
from yizhou.indicators.report.facts import form
from yizhou.indicators.report.language import (
    FORMATS,
    Context,
    Number,
    SentenceError,
    Target,
    Words,
    parse,
)

SENTENCES = {
    **{("city", name): sentence for name, sentence in form("city").sentences.items()},
    **{("county", name): sentence for name, sentence in form("county").sentences.items()},
}


def test_there_are_92_sentences_in_50_sections() -> None:
    assert len(SENTENCES) == 92
    assert len(form("city").sections) + len(form("county").sections) == 50


@pytest.mark.parametrize("key", SENTENCES, ids=[name for _, name in SENTENCES])
def test_every_sentence_names_known_numbers_in_known_formats(key: tuple[str, str]) -> None:
    sentence = SENTENCES[key]
    numbers = [number for clause in sentence.clauses for number in clause.numbers]
    for number in numbers:
        fact = facts()[number.code]
        assert number.format in FORMATS
        if number.format in ("num", "den", "nd"):
            assert fact.kind == "rate"
        if number.format == "%":
            assert (fact.kind, fact.unit) == ("rate", "%")
        if number.format in ("万元", "亿元", "万平方米"):
            assert fact.unit == number.format
        if number.format == "list":
            assert fact.config.partition(":")[0] in ("dict", "codes")
    assert sentence.text.endswith("。")
    assert (sentence.missing == "dash") <= bool(sentence.missing_reason)


def test_a_sentence_is_taken_apart() -> None:
    clauses = parse("截至{@to}，{a_b:int} 人{a_b:yoy}[，目标 {@target:a_b}]。")
    assert [clause.optional for clause in clauses] == [False, True, False]
    assert clauses[0].tokens == (
        Words("截至"),
        Context("to"),
        Words("，"),
        Number("a_b", "int"),
        Words(" 人"),
        Number("a_b", "yoy"),
    )
    assert clauses[1].tokens == (Words("，目标 "), Target("a_b"))
    assert clauses[2].tokens == (Words("。"),)


@pytest.mark.parametrize(
    "text",
    ["{a:percent}。", "{@who}。", "{a}。", "{A:int}。", "[a。", "a]。", "[a[b]]。", "{@target:A}。"],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(SentenceError):
        parse(text)


def test_every_indicator_stands_in_a_report_and_every_borrowed_sentence_exists() -> None:
    printed = {code for sentence in SENTENCES.values() for code in sentence.codes}
    assert printed <= set(facts())
    for name, lender in (("city", "county"), ("county", "city")):
        for loan in form(name).borrow:  # type: ignore[arg-type]  # the two names
            assert loan.sentence in form(lender).sentences  # type: ignore[arg-type]  # as above
            assert loan.after in {section.id for section in form(name).sections}  # type: ignore[arg-type]  # as above

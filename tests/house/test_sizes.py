"""House rule 8: small on purpose."""

from tests.house.sizes import FUNCTION_LINES, VIEW_LINES, faults, faults_in


def test_nothing_is_too_large() -> None:
    assert faults() == []


def test_a_long_file_a_long_function_and_many_parameters_are_found() -> None:
    body = "    x = 1\n" * FUNCTION_LINES
    source = f"def long_one(a, b, c, d, *, e, f, g):\n{body}" + "y = 2\n" * 400
    assert list(faults_in("src/yizhou/people/queries.py", source)) == [
        "src/yizhou/people/queries.py: 441 lines, 400 allowed",
        "src/yizhou/people/queries.py:1 long_one: 41 lines, 40 allowed",
        "src/yizhou/people/queries.py:1 long_one: 7 parameters, 6 allowed",
    ]


def test_a_docstring_does_not_count() -> None:
    body = "    x = 1\n" * (FUNCTION_LINES - 1)
    source = f'def explained():\n    """One.\n\n    Two.\n    """\n{body}'
    assert list(faults_in("src/yizhou/people/queries.py", source)) == []


def test_a_view_is_a_doorman() -> None:
    body = "    x = 1\n" * VIEW_LINES
    assert list(faults_in("src/yizhou/cases/views.py", f"def accept(request, number):\n{body}")) == [
        "src/yizhou/cases/views.py:1 accept: 16 lines, 15 allowed"
    ]
    assert list(faults_in("src/yizhou/cases/queries.py", f"def accept(request, number):\n{body}")) == []

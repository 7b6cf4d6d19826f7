"""Policy: vocabulary of facts 事实词表, eligibility clauses 资格条件, dated standards 待遇标准.

It owns how a condition a clerk can read ("年龄 >= 60") is checked, judged for one person and compiled for the
whole population. It never stores a person and never decides a case: it answers why and why not.
"""

"""指标与报告: every number that leaves the system, declared once, opened into its rows, and told in the annual report.

Packages above declare how a number is computed; its words (口径) stand in ``data/indicators``. It keeps no rows of its own.
"""

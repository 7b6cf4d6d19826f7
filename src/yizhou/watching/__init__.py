"""异常查阅: looks at people's originals that stand out, for whoever answers for security.

依据: 手册第 21 章（审计日志、最小必要）； trust.md T6. Reads the log set-wise, once an hour; it judges nobody: each line says what was
counted, against which number, and opens the looks it stands on. Somebody else than the reader settles it.
"""

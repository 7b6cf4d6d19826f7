"""年度报告: sentences of ``data/report`` filled with indicators, on screen, as 公文 and as JSON.

``language`` reads the sentences, ``facts`` the chapters, ``compose`` fills them in, ``checks`` compares the numbers,
``onscreen`` and ``document`` write them down. No number is typed or invented: what is not measured prints a dash.
"""

"""Figures and dates: found in Chinese, said in English, and checked by value.

``numbers`` and ``dates`` find them, as constraints; ``equivalence`` tells whether an English
sentence states the same value, however it words it. The Chinese side is ``parse``, ``special``,
``numerals``, ``date_words``, ``period_words``; ``rendering`` and ``wording`` say them in English;
``quantities``, ``english_figures``, ``english_dates`` and ``english_clock`` read English.
"""

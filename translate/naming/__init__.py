"""Persons and places: found by evidence in the whole report, spelled in pinyin or as official.

``names`` is the way in. ``spans`` scores candidates with the weights in ``data/``;
``persons``, ``address`` (老王, 陈书记), ``bylines`` and ``peoples`` find persons; ``places``, ``place_forms`` and
``gazetteer`` places; ``pinyin`` spells.
"""

"""Persons and places: found by evidence in the whole report, spelled in pinyin or as official.

``names`` is the way in. ``spans`` scores candidates with the weights in ``data/``. Persons are
found by ``persons``, ``address`` (老王, 陈书记), ``bylines`` and ``peoples``, places by ``places``,
``place_forms`` and ``gazetteer``; ``pinyin`` spells.
"""

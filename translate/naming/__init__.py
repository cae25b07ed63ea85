"""Persons and places: found by evidence in the whole report, spelled in pinyin or as official.

``names`` is the way in. ``spans`` scores candidates with the weights in ``data/``. Persons are
found by ``persons`` within ``person_limits``, by ``address`` (老王, 陈书记), ``bylines`` and
``peoples``; places by ``places``, from ``place_spans``, ``place_values`` and ``gazetteer``;
``running_words`` are what neither may be. ``pinyin`` spells, ``place_readings``, ``place_forms``
and ``place_chains`` give places their English form.
"""

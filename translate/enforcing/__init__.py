"""The ladder that makes every constraint come out right, or be flagged.

``enforce`` is the way in; ``tags`` says terms in the source and reads where they landed, ``check``
judges a hypothesis, ``attempt`` is what the rungs pass on, ``mend`` repairs without decoding again,
``agreement`` gives terms their number, and ``join`` puts the parts of a long sentence together.
"""

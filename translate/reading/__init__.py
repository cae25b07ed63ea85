"""How each file format is read: bytes to text, text to paragraphs, and their kinds."""

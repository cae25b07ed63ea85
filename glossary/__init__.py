"""The glossary: what a term is, where it is kept, how it is found in text."""

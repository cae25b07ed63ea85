"""Translate Chinese government news into English with every approved term in its place."""

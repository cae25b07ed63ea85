"""Engines that translate, and where their weights come from."""

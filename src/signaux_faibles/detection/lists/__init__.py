"""Numbered lists, frozen and kept for ever."""

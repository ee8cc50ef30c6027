"""Séances of the CODEFI: prepared by its secretariat, decisions written as they are taken, then sent as a link."""

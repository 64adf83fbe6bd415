"""Tokens of the look, the palette and style sheet made from them, fonts and icons."""

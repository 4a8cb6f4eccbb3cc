"""Lexicon: the words of the field as data (units, operators, cost words), and how to read them."""

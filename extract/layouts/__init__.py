"""Geometry of the printed forms: which cells of a block are a goal sheet, a list, a narrative."""

"""One module per file format; each gives the same neutral blocks: paragraphs and tables of cells."""

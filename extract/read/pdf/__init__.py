"""PDF: characters and ruling lines become grids, grids and lines become tables and paragraphs."""

from extract.read.pdf.flow import PageAccount
from extract.read.pdf.reader import account, read_pdf, read_pdf_with_account

__all__ = ["PageAccount", "account", "read_pdf", "read_pdf_with_account"]

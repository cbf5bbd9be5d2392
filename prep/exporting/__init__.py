"""The question bank out of the database, as documents that people read and the import reads back."""

from prep.exporting.bank import BankAsked, BankQuestion, load_bank
from prep.exporting.markdown import render_bank, write_bank

__all__ = ["BankAsked", "BankQuestion", "load_bank", "render_bank", "write_bank"]

"""Workbooks and their tables: one table a module or a function."""

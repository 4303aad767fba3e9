"""Gongxue (共學): a city's yearly grant for teachers' professional learning communities."""

__version__ = "0.1.0"

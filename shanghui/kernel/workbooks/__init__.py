"""Reading office files as grids: xlsx, xls, xlsb, ods, csv, and HTML saved as .xls. Values as typed, place kept."""

from shanghui.kernel.workbooks.grids import Grid, Unreadable
from shanghui.kernel.workbooks.opening import open_file

__all__ = ["Grid", "Unreadable", "open_file"]

"""Process mining on any event log and on our own facts: pure, on numpy arrays.

What is counted follows the conventions that miners share: within a case events stand in the order
of their times (the file's order where times are equal), a path is the names of a case's events in
that order, an edge is two events that follow each other directly, and its time is from the first
to the second, the median over all of them.
"""

from motcua.reporting.mining.discovering import Edge, Found, discover
from motcua.reporting.mining.log import Columns, Log, NotALog
from motcua.reporting.mining.reading import read_log

__all__ = ["Columns", "Edge", "Found", "Log", "NotALog", "discover", "read_log"]

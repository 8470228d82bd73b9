"""What LibreOffice is asked to do, in bundles of many calls: plain data in, plain data out.

The extension carries these very files and runs them in LibreOffice's own process, where a call takes microseconds; without the extension
they run here, over the connection, where it takes a fifth of a millisecond, and an object that is new to Python ten times as long. So
they are Python 3.8, need nothing but ``uno``, and take cells together wherever LibreOffice allows it.

A span is a list of its first and last row and column as ``Span`` has them, a place a row and a column, all counted from 1.
"""

"""A stand-in for Excel and WPS: the object model of ``tests/workbooks/live`` behind real COM, in a process of its own. Runs on Windows only."""

"""The extension of LibreOffice Calc."""

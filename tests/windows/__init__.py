"""The product installed on a Windows made of wine, with a real Python for Windows."""

"""One file a command; each has ``run(arguments, console, words)``, which returns the exit code."""

"""The commands of the program: a module each, whose ``run`` goes from the options to an exit code."""

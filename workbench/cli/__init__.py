"""How is the workbench used from the command line? This is the one door to it."""

"""The tests: they mirror the packages. A package, since a peer in the environment ships one of the same name."""

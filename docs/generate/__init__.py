"""Pages and pictures that are made from the project itself, so that they are always true."""

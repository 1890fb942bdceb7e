"""The web page on which people decide what the program found."""

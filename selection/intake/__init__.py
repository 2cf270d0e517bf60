"""Tables of criteria: read from files and from what is pasted, and written so that they can be read again."""

"""Files that come in: reading them in a child process, naming their columns, matching places and names, deciding rows."""

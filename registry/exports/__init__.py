"""Files that go out: lists of the register as tables, and templates to fill in; none of their cells is ever a formula."""

"""A made-up year of 5,000 case files, whose outcomes were written by hand."""

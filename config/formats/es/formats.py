"""Spanish in New York: 12,345.6 as in the United States, Mexico, Central America and the Caribbean."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3

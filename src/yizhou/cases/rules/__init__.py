"""Pure rules of cases: states, reasons why a verb cannot be done, clocks, bundles, forms. No Django, no clock."""

"""Numbers in tables: of the HTML, in plain text, in CSV files, in workbooks. All become one kind of grid. Pure."""

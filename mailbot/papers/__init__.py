"""PDF files are opened here, in a process of their own with limits, and nowhere else: bytes in, plain text out.

It stands beside `workbooks/` and for the same reasons. pypdf reads them: it is kept by many, is pure Python, so that
the limits of the process hold for all of it, and needs nothing else; pdfminer.six places text more exactly on the page
and needs a compiled library for that, which running text of contracts does not repay. Nothing in a file is carried out:
scripts, forms, links and enclosed files stay closed.

Nothing is imported here: the child imports this package too, and has to be there at once.
"""

"""The month in figures, for who manages: what every duty has counted, as a letter, a chart and a workbook.

counting.py  the figures of a month and of the one before; those of the desk itself
letters.py   the letter, the chart and the workbook
upkeep.py    on the first working day of the next month
"""

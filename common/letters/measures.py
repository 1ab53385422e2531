"""GB/T 9704-2012 in numbers: the page, its grid, sizes of type."""

from docx.shared import Mm, Pt

PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, LEFT = Mm(37), Mm(28)
TYPE_WIDTH, TYPE_HEIGHT = Mm(156), Mm(225)  # 版心
RIGHT, BOTTOM = Mm(210 - 28 - 156), Mm(297 - 37 - 225)
LINES, CHARS = 22, 28

TITLE, BODY, SMALL = Pt(22), Pt(16), Pt(14)  # 2号 3号 4号
LINE = Pt(28.95)  # 225 mm in 22 lines, rounded down to a twentieth of a point so that all 22 fit
TITLE_LINE = Pt(35)
CHAR = TYPE_WIDTH.pt / CHARS  # 15.79 pt: 3号 is set a little closer, so that 28 stand in a line

# 函: the head stands 30 mm below the edge, its double rules are 170 mm long, the last of them 20 mm above the edge.
HEADER_DISTANCE, FOOTER_DISTANCE = Mm(20), Mm(20)
MARK_LINE = Mm(10)  # the class mark between the edge of the header and the name of the house
RULE_LEFT, RULE_RIGHT = Mm(20 - 28), Mm(20 - 26)
PAGE_NUMBER_LIFT = Mm(5.5)  # the dashes of the page number then stand 7 mm below the type area

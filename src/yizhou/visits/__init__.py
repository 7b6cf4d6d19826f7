"""走访联系: visits, calls and consolation to persons on file (走访、联系、慰问), by whom and signed by both sides.

It does not hold money: what was paid out belongs to the ledgers of comfort and aid.
"""

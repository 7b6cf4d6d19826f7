"""信访与法律服务: petitions with their six steps, advisers and mentors under appointment, services of lawyers.

Owns what was asked and how it ended; it never decides a case.
"""

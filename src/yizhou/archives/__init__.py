"""电子档案: the personnel archive of a person (人事档案): where the paper lies, its catalogue, its scanned pages.

It owns the catalogue, the pages with their checksums, who looked at them and what for, and who has the paper (借阅、转递).
It never judges a person: whether the file is complete is told to the person's own file, through that file's action.
"""

"""烈士褒扬: martyrs and the memorials that keep their names.

Owns names, texts and places of remembrance.
"""

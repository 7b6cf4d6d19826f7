"""The staff shell: sign-in, workbench, worklists, navigation, search box — frames that packages above fill.

It holds no business data of its own.
"""

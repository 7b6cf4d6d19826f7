"""Outgoing messages (通知): written in the action's transaction, sent after commit by the background worker.

It owns the outbox, the words (``data/notices``) and the ways out (console, SMS gateway over HTTP). It never decides
whom to tell: packages above name the event and the recipient.
"""

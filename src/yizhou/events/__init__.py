"""Append-only log of who did what to whom, where and when (工作动态台账), sealed into a hash chain.

An action writes its event in its own transaction; a background step seals rows afterwards, so writers
never queue for the chain. It also keeps idempotency tokens. It never changes or deletes an event.
"""

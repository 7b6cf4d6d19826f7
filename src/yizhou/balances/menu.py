"""Menu entry of balances."""

from yizhou.core.menu import entry

entry("balances:list", "平衡表", group="govern", permission="balances.view_balance", order=23)

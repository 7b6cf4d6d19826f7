"""Events of balances."""

from yizhou.events.kinds import kind

kind("balance.confirmed", "核定平衡表")
kind("balance.exported", "导出平衡表")

"""Events of cards and plaques."""

from yizhou.events.kinds import kind

kind("card.issued", "核发优待证", ring="glory", on_axis=True)
kind("plaque.hung", "悬挂光荣牌", ring="glory", on_axis=True)

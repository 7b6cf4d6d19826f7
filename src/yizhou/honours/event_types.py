"""Events of cards and plaques; the life axis shows the records themselves."""

from yizhou.events.kinds import kind

kind("card.issued", "核发优待证", ring="glory")
kind("plaque.hung", "悬挂光荣牌", ring="glory")

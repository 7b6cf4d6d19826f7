"""What the catalogue puts on the person's page: 一人一策 beside the life axis."""

from yizhou.catalogue.strategy import strategy_card
from yizhou.people.plugs import ASIDES, Aside

ASIDES.add("strategy", Aside("strategy", "一人一策", "people.view_person", strategy_card, order=10))

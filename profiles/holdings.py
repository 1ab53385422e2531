"""Portraits of two files that become one: a booklet that was handed out under one name keeps its year and version."""

from deputies.holdings import Holding, register
from profiles.models import Portrait

register(Holding(Portrait, "检察印迹", "册", same=("year",), twins="stay"))

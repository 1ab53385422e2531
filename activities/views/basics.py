"""What of 基础资料 belongs to activities."""

from activities.forms import KindForm
from deputies.views.basics import Section

KINDS = Section("activities", "kinds", KindForm, "安排活动时选择。")

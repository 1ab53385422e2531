from deputies.forms.contacts import ContactEditForm, ContactForm, FollowUpForm, OpinionForm, QuickLogForm
from deputies.forms.fields import Chosen, DeputiesField, chosen_deputies, label_of
from deputies.forms.people import AppointForm, DeputyEditForm, DeputyForm, SeatForm

__all__ = [
    "AppointForm",
    "Chosen",
    "ContactEditForm",
    "ContactForm",
    "DeputiesField",
    "DeputyEditForm",
    "DeputyForm",
    "FollowUpForm",
    "OpinionForm",
    "QuickLogForm",
    "SeatForm",
    "chosen_deputies",
    "label_of",
]

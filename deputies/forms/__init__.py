from deputies.forms.appointments import AppointForm
from deputies.forms.contacts import ContactEditForm, ContactForm, FollowUpForm, OpinionForm
from deputies.forms.fields import Chosen, DeputiesField, chosen_deputies, chosen_of
from deputies.forms.people import DeputyEditForm, DeputyForm, SeatForm
from deputies.forms.quick import QuickLogForm

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
    "chosen_of",
]

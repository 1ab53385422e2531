from deputies.models.appointment import Appointment, AppointmentRole
from deputies.models.basics import Area, Body, FieldOfConcern, Level, SeatGroup, Term
from deputies.models.contact import (
    Contact,
    ContactDeputy,
    ContactMethod,
    ContactStaff,
    FollowUp,
    Opinion,
    Origin,
)
from deputies.models.deputy import Deputy, Mandate, NeutralReason, Sex
from deputies.models.last_contact import LastContact, YearContact
from deputies.models.merge import DeputyMerge, Distinction
from deputies.models.pairing import Pairing
from deputies.models.pause import Pause, QuietTime
from deputies.models.photo import ContactPhoto, KeptPhoto
from deputies.models.term_change import TermChange
from deputies.workflow import MandateState

__all__ = [
    "Appointment",
    "AppointmentRole",
    "Area",
    "Body",
    "Contact",
    "ContactDeputy",
    "ContactMethod",
    "ContactPhoto",
    "ContactStaff",
    "Deputy",
    "DeputyMerge",
    "Distinction",
    "FieldOfConcern",
    "FollowUp",
    "KeptPhoto",
    "LastContact",
    "Level",
    "Mandate",
    "MandateState",
    "NeutralReason",
    "Opinion",
    "Origin",
    "Pairing",
    "Pause",
    "QuietTime",
    "SeatGroup",
    "Sex",
    "Term",
    "TermChange",
    "YearContact",
]

from deputies.models.appointment import Appointment, AppointmentRole
from deputies.models.contact import (
    Contact,
    ContactDeputy,
    ContactMethod,
    ContactStaff,
    FollowUp,
    Opinion,
    Origin,
)
from deputies.models.deputy import (
    Area,
    Body,
    Deputy,
    FieldOfConcern,
    Level,
    Mandate,
    NeutralReason,
    Sex,
    Term,
)
from deputies.models.pairing import Pairing
from deputies.workflow import MandateState

__all__ = [
    "Appointment",
    "AppointmentRole",
    "Area",
    "Body",
    "Contact",
    "ContactDeputy",
    "ContactMethod",
    "ContactStaff",
    "Deputy",
    "FieldOfConcern",
    "FollowUp",
    "Level",
    "Mandate",
    "MandateState",
    "NeutralReason",
    "Opinion",
    "Origin",
    "Pairing",
    "Sex",
    "Term",
]

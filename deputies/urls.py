from django.urls import path

from deputies.views import basics, contacts, follow_ups, people, picker, quick, seats

app_name = "deputies"
urlpatterns = [
    path("deputies/", people.deputy_list, name="list"),
    path("deputies/new/", people.deputy_new, name="new"),
    path("deputies/export/", people.deputy_export, name="export"),
    path("deputies/pick/", picker.pick, name="pick"),
    path("deputies/<int:pk>/", people.deputy_file, name="file"),
    path("deputies/<int:pk>/edit/", people.deputy_edit, name="edit"),
    path("deputies/<int:pk>/timeline/", people.timeline, name="timeline"),
    path("deputies/<int:pk>/phone/", people.reveal_phone, name="reveal-phone"),
    path("deputies/<int:pk>/seat/", people.seat_new, name="seat"),
    path("deputies/<int:pk>/appoint/", people.appoint, name="appoint"),
    path("deputies/<int:pk>/retire/", seats.deputy_retire, name="retire"),
    path("deputies/<int:pk>/restore/", seats.deputy_restore, name="restore"),
    path("deputies/seats/<int:pk>/edit/", seats.seat_edit, name="seat-edit"),
    path("deputies/seats/<int:pk>/<slug:state>/", seats.seat_move, name="seat-move"),
    path("deputies/appointments/<int:pk>/end/", seats.appointment_end, name="appointment-end"),
    path("contacts/", contacts.contact_list, name="contacts"),
    path("contacts/quick/", quick.quick_log, name="quick-log"),
    path("contacts/export/", contacts.contacts_export, name="contacts-export"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/withdraw/", contacts.contact_withdraw, name="contact-withdraw"),
    path("contacts/<int:pk>/restore/", contacts.contact_restore, name="contact-restore"),
    path("contacts/<int:pk>/opinion/", contacts.opinion_new, name="opinion"),
    path("contacts/<int:pk>/follow-up/", contacts.follow_up_new, name="follow-up"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow-ups"),
    path("follow-ups/<int:pk>/finish/", follow_ups.follow_up_finish, name="follow-up-finish"),
    path("basics/", basics.listing, {"section": basics.TERMS}, name="basics"),
    *basics.pages(*basics.SECTIONS),
]

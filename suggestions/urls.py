from django.urls import path

from deputies.views import basics
from suggestions import views
from suggestions.views import first_task, first_visits, holidays
from suggestions.views.basics import RESULTS, RULES

app_name = "suggestions"
urlpatterns = [
    path("suggestions/", views.index, name="list"),
    path("suggestions/export/", views.export, name="export"),
    path("suggestions/new/", views.new, name="new"),
    path("suggestions/of-contact/<int:pk>/", views.of_contact, name="of-contact"),
    path("suggestions/similar/", views.similar, name="similar"),
    path("suggestions/<int:pk>/", views.detail, name="detail"),
    path("suggestions/<int:pk>/edit/", views.edit, name="edit"),
    path("suggestions/<int:pk>/assign/", views.assign, name="assign"),
    path("suggestions/<int:pk>/hand-back/", views.hand_back, name="hand-back"),
    path("suggestions/<int:pk>/step/", views.step, name="step"),
    path("suggestions/<int:pk>/extend/", views.extend, name="extend"),
    path("suggestions/extensions/<int:pk>/grant/", views.grant, name="grant-extension"),
    path("suggestions/extensions/<int:pk>/refuse/", views.refuse, name="refuse-extension"),
    path("suggestions/<int:pk>/reply/", views.reply, name="reply"),
    path("suggestions/<int:pk>/close/", views.close, name="close"),
    path("suggestions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("suggestions/replies/<int:pk>/evaluate/", views.evaluate, name="evaluate"),
    path("suggestions/replies/<int:pk>/keep-promise/", views.keep_promise, name="keep-promise"),
    path("suggestions/first-task/", first_task.index, name="first-task"),
    path("suggestions/first-task/<int:year>/", first_task.of_year, name="first-task-year"),
    path("suggestions/first-task/<int:year>/export/", first_task.export, name="first-task-export"),
    path("suggestions/first-task/<int:year>/draw-up/", first_task.draw_up, name="first-task-draw-up"),
    path("suggestions/first-task/<int:year>/add/", first_task.add_person, name="first-task-add"),
    path("suggestions/first-task/<int:year>/fix/", first_task.fix, name="first-task-fix"),
    path("suggestions/first-task/<int:year>/reopen/", first_task.reopen, name="first-task-reopen"),
    path("suggestions/first-task/<int:year>/confirm/", first_task.confirm, name="first-task-confirm"),
    path("suggestions/first-task/<int:year>/send-back/", first_task.send_back, name="first-task-send-back"),
    path("suggestions/first-visits/<int:pk>/plan/", first_visits.plan, name="first-visit-plan"),
    path("suggestions/first-visits/<int:pk>/result/", first_visits.result, name="first-visit-result"),
    path("suggestions/first-visits/<int:pk>/undo/", first_visits.undo, name="first-visit-undo"),
    path("suggestions/first-visits/<int:pk>/drop/", first_visits.drop, name="first-visit-drop"),
    path("suggestions/first-visits/<int:pk>/put-back/", first_visits.put_back, name="first-visit-put-back"),
    path("basics/holidays/", holidays.years, name="holidays"),
    path("basics/holidays/<int:year>/", holidays.year, name="holiday-year"),
    *basics.pages(RESULTS, RULES),
]

from django.urls import path

from deputies.views import basics
from suggestions import views
from suggestions.views import holidays
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
    path("suggestions/replies/<int:pk>/promise/", views.promise_new, name="promise-new"),
    path("suggestions/replies/<int:pk>/result/", views.correct_result, name="correct-result"),
    path("suggestions/promises/", views.promises, name="promises"),
    path("suggestions/promises/export/", views.promises_export, name="promises-export"),
    path("suggestions/promises/<int:pk>/", views.promise, name="promise"),
    path("suggestions/promises/<int:pk>/move/", views.promise_move, name="promise-move"),
    path("suggestions/promises/<int:pk>/keep/", views.keep_promise, name="keep-promise"),
    path("suggestions/promises/<int:pk>/scan/", views.promise_scan, name="promise-scan"),
    path("suggestions/evaluations/<int:pk>/scan/", views.evaluation_scan, name="evaluation-scan"),
    path("suggestions/<int:pk>/scan/", views.scan_new, name="scan-new"),
    path("suggestions/scans/<int:pk>/", views.scan, name="scan"),
    path("suggestions/scans/<int:pk>/remove/", views.scan_remove, name="scan-remove"),
    path("basics/holidays/", holidays.years, name="holidays"),
    path("basics/holidays/<int:year>/", holidays.year, name="holiday-year"),
    *basics.pages(RESULTS, RULES),
]

from django.urls import path

from deputies.views import basics
from suggestions import views
from suggestions.views import decomposing, hearing, holidays
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
    path("basics/holidays/", holidays.years, name="holidays"),
    path("basics/holidays/<int:year>/", holidays.year, name="holiday-year"),
    *basics.pages(RESULTS, RULES),
    path("suggestions/hearings/", hearing.index, name="hearings"),
    path("suggestions/hearings/new/", hearing.new, name="hearing-new"),
    path("suggestions/hearings/desk/", decomposing.desk, name="hearing-desk"),
    path("suggestions/hearings/decompose/", decomposing.decompose, name="decompose"),
    path("suggestions/hearings/set-aside/", decomposing.set_aside, name="set-aside"),
    path("suggestions/hearings/assign/", decomposing.assign_shares, name="assign-shares"),
    path("suggestions/hearings/breakdown/export/", decomposing.breakdown_export, name="breakdown-export"),
    path("suggestions/hearings/annex/", decomposing.annex_page, name="annex"),
    path("suggestions/hearings/annex/export/", decomposing.annex_export, name="annex-export"),
    path("suggestions/hearings/<int:pk>/edit/", hearing.edit, name="hearing-edit"),
    path("suggestions/hearings/<int:pk>/remove/", hearing.remove, name="hearing-remove"),
    path("suggestions/hearings/<int:pk>/close/", hearing.close, name="hearing-close"),
    path("suggestions/hearings/<int:pk>/reopen/", hearing.reopen, name="hearing-reopen"),
    path("suggestions/hearings/<int:pk>/capture/", hearing.capture, name="capture"),
    path("suggestions/hearings/<int:pk>/say/", hearing.say, name="say"),
    path("suggestions/utterances/<int:pk>/correct/", hearing.correct, name="utterance-correct"),
    path("suggestions/utterances/<int:pk>/remove/", hearing.remove_utterance, name="utterance-remove"),
    path("suggestions/utterances/<int:pk>/restore/", hearing.restore_utterance, name="utterance-restore"),
    path("suggestions/utterances/<int:pk>/take-up/", decomposing.take_up, name="take-up"),
    path("suggestions/points/<int:pk>/take-apart/", decomposing.take_apart, name="take-apart"),
]

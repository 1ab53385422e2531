from django.urls import path

from deputies.views import basics
from suggestions import views
from suggestions.views import holidays, papers
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
    path("suggestions/<int:pk>/accept/", views.accept, name="accept"),
    path("suggestions/<int:pk>/distribute/", views.distribute, name="distribute"),
    path("suggestions/<int:pk>/give-back/", views.give_back, name="give-back"),
    path("suggestions/<int:pk>/take-again/", views.take_again, name="take-again"),
    path("suggestions/<int:pk>/transfer/", views.transfer, name="transfer"),
    path("suggestions/<int:pk>/draft/", views.draft, name="draft"),
    path("suggestions/<int:pk>/submit/", views.submit, name="submit"),
    path("suggestions/<int:pk>/approve/", views.approve, name="approve"),
    path("suggestions/<int:pk>/send-back/", views.send_back, name="send-back"),
    path("suggestions/<int:pk>/recall/", views.recall, name="recall"),
    path("suggestions/<int:pk>/co-handler/", views.co_handler, name="co-handler"),
    path("suggestions/co-handlers/<int:pk>/opinion/", views.opinion, name="opinion"),
    path("suggestions/<int:pk>/deliver/", views.deliver, name="deliver"),
    path("suggestions/replies/<int:pk>/deliver/", views.deliver_further, name="deliver-further"),
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
    path("suggestions/<int:pk>/documents/<slug:kind>/", papers.paper, name="document"),
    path("basics/letter-head/", papers.letter_head, name="letter-head"),
    path("basics/letter-head/edit/", papers.edit_letter_head, name="letter-head-edit"),
    path("basics/holidays/", holidays.years, name="holidays"),
    path("basics/holidays/<int:year>/", holidays.year, name="holiday-year"),
    *basics.pages(RESULTS, RULES),
]

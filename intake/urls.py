from django.urls import path

from intake.views import runs, words

app_name = "intake"
urlpatterns = [
    path("", runs.index, name="list"),
    path("words/", words.words, name="words"),
    path("words/headings/new/", words.heading_new, name="heading-new"),
    path("words/headings/<int:pk>/forget/", words.heading_forget, name="heading-forget"),
    path("words/aliases/new/", words.alias_new, name="alias-new"),
    path("words/aliases/<int:pk>/forget/", words.alias_forget, name="alias-forget"),
    path("<int:pk>/", runs.run, name="run"),
    path("<int:pk>/decide/", runs.decide, name="decide"),
    path("<int:pk>/confirm/", runs.confirm, name="confirm"),
    path("<int:pk>/discard/", runs.discard, name="discard"),
    path("<int:pk>/undo/", runs.undo, name="undo"),
    path("<int:pk>/errors/", runs.errors, name="errors"),
]

from deputies.views import contacts, follow_ups, people, picker, quick

__all__ = ["contacts", "follow_ups", "people", "picker", "quick"]

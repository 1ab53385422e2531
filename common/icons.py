"""Line icons of the kit, 24 × 24, drawn for this product."""

ICONS: dict[str, str] = {
    "home": '<path d="M4 11.5 12 4l8 7.5"/><path d="M6 10v10h4.5v-6h3v6H18V10"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6"/>'
    '<path d="M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .9 3.2 2.7 3.5 5.4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.2 3.4-6.5 7.5-6.5s6.9 2.3 7.5 6.5"/>',
    "contact": '<path d="M4 5h16v11h-8.5L7 20v-4H4z"/><path d="M8 9.2h8M8 12.2h5"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/><path d="M3.5 10h17M8 2.8V7M16 2.8V7"/>',
    "file": '<path d="M6 3h8l5 5v13H6z"/><path d="M14 3v5h5M9 12.5h7M9 16h7"/>',
    "book": '<path d="M12 6c-2-1.7-4.7-2.3-8-2v14.5c3.3-.3 6 .3 8 2 2-1.7 4.7-2.3 8-2V4c-3.3-.3-6 .3-8 2z"/>'
    '<path d="M12 6v14.5"/>',
    "grain": '<path d="M12 21V8"/><path d="M12 8c-2-1.5-2-4 0-6 2 2 2 4.5 0 6z"/>'
    '<path d="M12 13c-3 0-4.5-1.5-4.8-4.3 2.8.2 4.5 1.5 4.8 4.3zM12 13c3 0 4.5-1.5 4.8-4.3'
    '-2.8.2-4.5 1.5-4.8 4.3z"/><path d="M12 18c-3 0-4.5-1.5-4.8-4.3 2.8.2 4.5 1.5 4.8 4.3z'
    'M12 18c3 0 4.5-1.5 4.8-4.3-2.8.2-4.5 1.5-4.8 4.3z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "check": '<path d="m4.5 12.5 5 5L19.5 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.5 2.3"/>',
    "download": '<path d="M12 3.5v12M7 11l5 5 5-5M4 20.5h16"/>',
    "upload": '<path d="M12 16V4M7 8.5l5-5 5 5M4 20.5h16"/>',
    "edit": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19z"/><path d="m14 6.5 3.5 3.5"/>',
    "undo": '<path d="M8 5 3.5 9.5 8 14"/><path d="M4 9.5h10a6 6 0 0 1 0 11h-3"/>',
    "phone": '<path d="M6 3.5h3.5l1.5 5-2.3 1.7a12 12 0 0 0 5.1 5.1l1.7-2.3 5 1.5V18'
    'a2.5 2.5 0 0 1-2.5 2.5C10.5 20.5 3.5 13.5 3.5 6A2.5 2.5 0 0 1 6 3.5z"/>',
    "camera": '<path d="M3.5 7.5h4l1.5-3h6l1.5 3h4v12h-17z"/><circle cx="12" cy="13" r="3.8"/>',
    "warn": '<path d="M12 3.5 22 20.5H2z"/><path d="M12 10v5M12 17.7v.3"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7v.3"/>',
    "logout": '<path d="M10 4H4.5v16H10M9.5 12h11M16.5 7.5 21 12l-4.5 4.5"/>',
    "key": '<circle cx="8" cy="15" r="4.5"/><path d="m11.5 11.5 9-9M16 7l3 3"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "left": '<path d="m15 5-7 7 7 7"/>',
    "right": '<path d="m9 5 7 7-7 7"/>',
    "filter": '<path d="M3.5 5h17l-6.5 8v6.5l-4-2V13z"/>',
    "list": '<path d="M8 6h12.5M8 12h12.5M8 18h12.5M3.7 6h.3M3.7 12h.3M3.7 18h.3"/>',
    "flag": '<path d="M5.5 21V4M5.5 4.5h13l-3 4.5 3 4.5h-13"/>',
    "shield": '<path d="M12 3 4.5 6v5.5c0 4.6 3 8 7.5 9.5 4.5-1.5 7.5-4.9 7.5-9.5V6z"/>'
    '<path d="m9 11.7 2.3 2.3 4-4.3"/>',
    "retry": '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4"/><path d="M19.5 3v4.5H15"/>',
    "trash": '<path d="M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5 7.5 20.5h9l1-14"/>',
    "medal": '<circle cx="12" cy="15" r="5.5"/><path d="M8.5 10.5 5.5 3h4.5l2 5 2-5h4.5l-3 7.5"/>',
}

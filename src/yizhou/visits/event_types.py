"""Events of contacts assigned to many at once."""

from yizhou.events.kinds import kind

kind("contact_batch.assigned", "成批指派联系人")
kind("contact_batch.undone", "撤销成批指派")
kind("contact.assigned", "指派联系人", ring="care")
kind("contact.handed_back", "恢复原联系人", ring="care")
